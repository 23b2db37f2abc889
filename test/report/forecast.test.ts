import { expect, it } from 'vitest';
import type { Forecast } from '../../src/model/event.ts';
import { forecastLines } from '../../src/report/forecast.ts';

const forecast = (odd: Partial<Forecast> = {}): Forecast => ({
  ...{ posts: 121, lookedAt: 121, toFetch: 0, withoutOriginal: 0, withoutWords: 0, unchanged: 0 },
  works: { copy: 0, remux: 0, transcode: 0, slideshow: 0, image: 0 },
  perPlatform: { encoded: 0, others: 0 },
  estimate: { seconds: 0, bytes: 0 },
  ...odd,
});

it('describes the work, its duration, and what is missing', () => {
  const works = { copy: 100, remux: 1, transcode: 20, slideshow: 0, image: 0 };
  const estimate = { seconds: 1500, bytes: 3_210_000_000 };
  expect(
    forecastLines(forecast({ works, estimate, withoutWords: 17, unchanged: 3, toFetch: 1, withoutOriginal: 2 })),
  ).toEqual([
    '       3 posts are there already',
    '     100 files go out as they are',
    '       1 file is rewritten, and its picture and sound keep every bit',
    '      20 files are encoded anew',
    '         by estimate about 25 min of work and 3.2 GB of disk',
    '       1 original to be fetched first',
    '       2 posts whose video or photos are not to be had',
    '      17 posts without a caption',
  ]);
});

it('says that an estimate covers only some posts', () => {
  const works = { copy: 1, remux: 0, transcode: 0, slideshow: 0, image: 0 };
  const lines = forecastLines(forecast({ works, lookedAt: 40 }));
  expect(lines.at(-1)).toMatch(/under 1 MB of disk \(of the 40 of 121 posts whose originals were looked at\)$/);
});

it('prints no line without work, and no line wider than a terminal', () => {
  expect(forecastLines(forecast())).toEqual([]);
  const works = { copy: 99_999, remux: 99_999, transcode: 99_999, slideshow: 99_999, image: 99_999 };
  for (const line of forecastLines(forecast({ works, toFetch: 99_999, withoutOriginal: 99_999 }))) {
    expect(line.length).toBeLessThan(80);
  }
});
