/**
 * All that an image which we made says of itself: when, as a photo says it, and that its colours are sRGB (EXIF 2.32,
 * 4.6.5). Directory 2 is that of EXIF.
 * @param time unix seconds
 */
export function exifOfMade(time: number) {
  const date = new Date(time * 1000).toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
  return {
    IFD0: { DateTime: date },
    IFD2: {
      DateTimeOriginal: date,
      DateTimeDigitized: date,
      OffsetTime: '+00:00',
      OffsetTimeOriginal: '+00:00',
      OffsetTimeDigitized: '+00:00',
      ColorSpace: '1',
    },
  };
}
