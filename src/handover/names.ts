/** The words of `--for`, apart from the tools themselves: the help needs nothing else of them. */
export const handOverNames = ['sau', 'xhs-mcp', 'youtubeuploader', 'postiz', 'csv'] as const;

export type HandOverName = (typeof handOverNames)[number];
