import type { Files } from '../../src/tools/files.ts';
import type { Tools } from '../../src/tools/tools.ts';

/** The same tools, which tell what a run does with them: programs started, images drawn, words of packages read. */
export function watched(tools: Tools, tell: (what: string) => void): Tools {
  const { ffmpeg, ffprobe, images } = tools;
  const watchedFiles = (files: Files): Files => ({
    ...files,
    confined: (...place) => watchedFiles(files.confined(...place)),
    async readText(path, limit) {
      if (path.endsWith('caption.txt')) tell('words');
      return files.readText(path, limit);
    },
  });
  return {
    ...tools,
    files: watchedFiles(tools.files),
    ffmpeg: {
      ...ffmpeg,
      async run(...job) {
        tell('ffmpeg');
        return ffmpeg.run(...job);
      },
    },
    ffprobe: {
      ...ffprobe,
      async probe(...file) {
        tell('ffprobe');
        return ffprobe.probe(...file);
      },
    },
    images: {
      ...images,
      async render(...job) {
        tell('image');
        return images.render(...job);
      },
    },
  };
}
