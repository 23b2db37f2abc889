#!/usr/bin/env node
// In the place of yt-dlp, so that no test asks TikTok for anything: fails at once, as without a network.
process.stderr.write('ERROR: no network in tests\n');
process.exitCode = 1;
