import type { Forecast } from '../model/event.ts';
import { durationWords } from './live-lines.ts';

const verbs = {
  copy: ['goes out as it is', 'go out as they are'],
  remux: [
    'is rewritten, and its picture and sound keep every bit',
    'are rewritten, and picture and sound keep every bit',
  ],
  transcode: ['is encoded anew', 'are encoded anew'],
  slideshow: ['is made as a slideshow', 'are made as slideshows'],
  image: ['is drawn anew', 'are drawn anew'],
} as const;

/** Describes what a run will have to do, so that the user knows how long it takes. */
export function forecastLines(forecast: Forecast): string[] {
  const { posts, lookedAt, toFetch, withoutOriginal, withoutWords, unchanged, works, estimate, translation } = forecast;
  const { transcription } = forecast;
  const done = (Object.keys(verbs) as (keyof typeof verbs)[])
    .filter((work) => works[work] > 0)
    .flatMap((work) => line(works[work], `file ${verbs[work][0]}`, `files ${verbs[work][1]}`));
  const nothing = done.length === 0;
  const of = lookedAt < posts ? ` (of the ${lookedAt} of ${posts} posts whose originals were looked at)` : '';
  return [
    ...line(unchanged, 'post is there already', 'posts are there already'),
    ...done,
    ...(nothing
      ? []
      : [
          `         by estimate ${durationWords(estimate.seconds)} of work and ${sizeWords(estimate.bytes)} of disk${of}`,
        ]),
    ...line(toFetch, 'original to be fetched first', 'originals to be fetched first'),
    ...line(
      withoutOriginal,
      'post whose video or photos are not to be had',
      'posts whose video or photos are not to be had',
    ),
    ...line(withoutWords, 'post without a caption', 'posts without a caption'),
    ...(translation
      ? [
          `  ${String(translation.characters).padStart(6)} characters of ${translation.posts} ${translation.posts === 1 ? 'post' : 'posts'} would be sent to ${translation.to} to be translated`,
        ]
      : []),
    ...(transcription
      ? [
          `  ${String(transcription.videos).padStart(6)} ${transcription.videos === 1 ? 'video' : 'videos'} without words would be heard by ${transcription.by}`,
        ]
      : []),
  ];
}

function line(count: number, one: string, many: string): string[] {
  return count > 0 ? [`  ${String(count).padStart(6)} ${count === 1 ? one : many}`] : [];
}

function sizeWords(bytes: number): string {
  if (bytes < 1e6) return 'under 1 MB';
  if (bytes < 1e9) return `${Math.round(bytes / 1e6)} MB`;
  return `${Math.round(bytes / 1e8) / 10} GB`;
}
