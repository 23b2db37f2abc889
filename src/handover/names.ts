/** The names for `--for`, separate from the tools: the help needs only these. */
export const handOverNames = ['sau', 'xhs-mcp', 'youtubeuploader', 'postiz', 'csv'] as const;

export type HandOverName = (typeof handOverNames)[number];
