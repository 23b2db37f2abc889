import { describe, expect, it } from 'vitest';
import { idsInName, timeOfId } from '../../src/captions/tiktok-id.ts';
import { timesInName } from '../../src/originals/name-time.ts';
import { isWatermarkedName } from '../../src/originals/watermark.ts';

const moment = Date.UTC(2025, 2, 2, 9, 15, 4) / 1000;
const times = (name: string) => timesInName(name).map(({ time }) => time);

describe('a date and time in a file name', () => {
  it.each([
    '2025-03-02_09-15-04',
    '2025-03-02 09.15.04',
    '2025-03-02 09:15:04',
    '2025-03-02T09:15:04Z',
    '2025-03-02T09：15：04Z',
    '2025-03-02_09-15-04_UTC',
    '2025-03-02 09-15-04 UTC',
    '20250302_091504',
    '20250302-091504',
    '20250302T091504Z',
    '20250302091504',
    'maya_20250302_091504_1',
    'PXL_20250302_091504123',
    '2025.03.02 09.15.04 harbour',
    '2025_03_02_09_15_04',
    '2025-03-02 at 09.15.04',
    '2025-03-02 at 9.15.04 AM',
    '2025-03-02T09:15:04.123Z',
    '2025-03-02T10:15:04+01:00',
    '2025-03-02T10:15:04+0100',
    '2025-03-02 14-45-04+0530',
    '2025-03-02_04-15-04-0500',
    '2025-03-02 09h15m04s',
    '1740906904',
    'tiktok_1740906904_maya',
    '2025-03-02_09-15-04-0001',
    '2025-03-02_09-15-04-2',
  ])('%s', (name) => expect(times(name)).toEqual([moment]));

  it('a time with PM is twelve hours later than with AM', () => {
    expect(times('2025-03-02 at 9.15.04 PM')).toEqual([moment + 12 * 3600]);
    expect(times('2025-03-02 at 12.15.04 AM')).toEqual([moment - 9 * 3600]);
  });

  it('a name with several times returns all of them', () => {
    expect(times('2025-03-02 09.15.04 saved 2025-11-23 08.05.41.mp4')).toEqual([
      moment,
      Date.UTC(2025, 10, 23, 8, 5, 41) / 1000,
    ]);
  });

  it.each([
    '2025-03-02',
    '20250302 Harbour in the morning',
    'VID-20250302-WA0007',
    '02-03-2025 09-15-04',
    '2025-13-02 09.15.04',
    '2025-02-30 09.15.04',
    '2025-03-02 25.15.04',
    '2025-03-02 09.61.04',
    '2025-03-02 09.15',
    '7301234567890123456',
    '120250302091504',
    'ssstik.io_1740906904123',
    'IMG_4711',
    '',
  ])('tells no moment: %s', (name) => expect(times(name)).toEqual([]));
});

describe('a TikTok id in a file name', () => {
  const id = String((BigInt(moment - 5) << 32n) | 123_456n);

  it('contains the second of its creation', () => {
    expect(timeOfId(id)).toBe(moment - 5);
  });

  it.each([`Harbour [${id}]`, id, `${id}_01`, `maya_video_${id}`, `@maya-${id}-x`])('is found: %s', (name) => {
    expect(idsInName(name)).toEqual([id]);
  });

  it('other numbers are not ids', () => {
    expect(idsInName('20250302091504123456 1740906904 123456789012345678 9999999999999999999 4711')).toEqual([]);
  });
});

describe('a watermark in a file name', () => {
  it.each([
    'x_download_addr-0.mp4',
    'Harbour in the morning [7477122334455667788] download_addr-1.mp4',
    'wmplay_7477122334455667788.mp4',
    'maya_watermark.mp4',
    'tiktok_7477122334455667788_watermark.mp4',
    'maya_7477122334455667788_with_watermark.mp4',
    'video_watermark (1).mp4',
    'clip (with watermark).mp4',
    'Harbour in the morning, we sing all day [watermarked].mp4',
    '730_wm.mp4',
    'maya_7477122334455667788_wm.mp4',
    'wm_7477122334455667788.mp4',
    'maya 7477122334455667788 wm.mp4',
    'maya 7477122334455667788 wm (1).mp4',
    'Watermarked-1.mp4',
    '20250302_091504_watermark.mp4',
  ])('%s', (name) => expect(isWatermarkedName(name)).toBe(true));
  it.each([
    'no-watermark_730.mp4',
    'x_without_watermark.mp4',
    'nowm.mp4',
    'x_no_wm.mp4',
    'NoWatermark.mp4',
    'video_no_watermark.mp4',
    '730_watermark-free.mp4',
    'remove_watermark.mp4',
    'Watermark remover app.mp4',
    'How I got rid of a watermark.mp4',
    'How_I_got_rid_of_a_watermark-7477122334455667788.mp4',
    'Painting a watermark [7477122334455667788].mp4',
    'WM 2026 Finale.mp4',
    'WM_2026_Finale.mp4',
    'fussball_wm.mp4',
    'harbour.mp4',
    'showman.mp4',
    // These give the clean version.
    'ssstik.io_@maya_1770018198775.mp4',
    'Snaptik.app_7477122334455667788.mp4',
  ])('none: %s', (name) => expect(isWatermarkedName(name)).toBe(false));
});

describe('file names of download sites', () => {
  it('the number of ssstik.io is the time of the download, so it gives no time', () => {
    expect(timesInName('ssstik.io_@maya_1770018198775')).toEqual([]);
  });
  it('the number of Snaptik.app is the id of the post', () => {
    expect(idsInName('Snaptik.app_7477122334455667788')).toEqual(['7477122334455667788']);
  });
});
