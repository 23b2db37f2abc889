/** The results as a page in Markdown, for the repository. */

const decimals = (value, places) => (Number.isFinite(value) ? value.toFixed(places) : '');

function table({ name, posts, rounds, port, lines }) {
  const slow = lines.find(({ what }) => what.startsWith('loop'));
  const least = lines.find(({ what }) => what.startsWith('floor'));
  const before = new Map(
    lines.flatMap(({ what, cpuSeconds }) =>
      what.startsWith('before') ? [[what.replace('before', 'port'), cpuSeconds]] : [],
    ),
  );
  const rows = lines.map(({ what, seconds, cpuSeconds, peakMegabytes, bytes, ssim }) => {
    const cells = [
      what,
      decimals(seconds, seconds < 100 ? 1 : 0),
      decimals(slow.seconds / seconds, 1),
      decimals(seconds / least.seconds, 2),
      decimals(cpuSeconds, cpuSeconds < 100 ? 1 : 0),
      ...(before.size > 0 ? [decimals(cpuSeconds / before.get(what), 2)] : []),
      `${peakMegabytes ?? ''}`,
      decimals(bytes / 1e6, 1),
      decimals(ssim, 4),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `## ${name}: ${posts} ${posts === 1 ? 'post' : 'posts'}${rounds > 1 ? `, middle of ${rounds}` : ''}`,
    '',
    `port at ${port}.`,
    '',
    `| | seconds | times less than the loop | times the floor | CPU s |${before.size > 0 ? ' CPU of before |' : ''} peak MB | MB | SSIM |`,
    `|---|--:|--:|--:|--:|${before.size > 0 ? '--:|' : ''}--:|--:|--:|`,
    ...rows,
  ].join('\n');
}

/** @param report as `compare.mjs` writes it @returns Markdown */
export function page({ machine, versions, date, results }) {
  return `# port against what a user could run instead

${machine}; ${versions.join('; ')}; ${date.slice(0, 10)}. To be repeated with \`npm run bench\` on a machine that does nothing else; only ratios within one table mean something.

* **loop x3**: \`ffmpeg\` with scale and pad, libx264 medium, once for each of three platforms, one video after another. Of posts that are the same clip one is run, for one platform, and counted as often as it would be run.
* **HandBrake x1**: \`--preset "Fast 1080p30"\`, once, as it knows no platforms.
* **floor x3**: what cannot be saved. For each file one ffprobe, one look at its key frames, one sha256, three links; each encode that port makes once, bare, and one decode of the result. One after another, as in the loop.
* **port x1** to **x4**: the whole program, from the export to folders that are ready to upload, to one platform to four (rednote, lemon8, reels, shorts).

* **before x1** to **x4**: the same with another state of port, named by \`--before\`; the column “CPU of before” is port's CPU time as a share of that.

Where a table says “middle of 3”, the floor and port ran three times in turn, and the run that took neither longest nor shortest is given; the loop and HandBrake ran once.

MB is what was written, links counted once; SSIM that of the first video against its source, where both have the same shape.

${results.map(table).join('\n\n')}
`;
}
