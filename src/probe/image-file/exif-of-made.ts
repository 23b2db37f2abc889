/**
 * The only metadata in images that port makes: the date of the photo, and sRGB as its colour space (EXIF 2.32, 4.6.5).
 * Directory 2 is that of EXIF.
 * @param time Unix seconds
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
