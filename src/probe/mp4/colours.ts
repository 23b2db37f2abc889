/** ffprobe's names for code points of ISO/IEC 23091-2 (libavutil, pixdesc.c); null: unspecified. */
const primaries = {
  ...{ 1: 'bt709', 2: null, 4: 'bt470m', 5: 'bt470bg', 6: 'smpte170m', 7: 'smpte240m', 8: 'film', 9: 'bt2020' },
  ...{ 11: 'smpte431', 12: 'smpte432' },
};
const transfers = {
  ...{ 1: 'bt709', 2: null, 4: 'bt470m', 5: 'bt470bg', 6: 'smpte170m', 7: 'smpte240m', 8: 'linear' },
  ...{ 13: 'iec61966-2-1', 14: 'bt2020-10', 15: 'bt2020-12', 16: 'smpte2084', 18: 'arib-std-b67' },
};
const matrices = { 1: 'bt709', 2: null, 5: 'bt470bg', 6: 'smpte170m', 7: 'smpte240m', 9: 'bt2020nc', 10: 'bt2020c' };

type Names = Readonly<Record<number, string | null>>;

/** undefined: a code point without a name. */
export const primariesOf = (code: number) => (primaries as Names)[code];
export const transferOf = (code: number) => (transfers as Names)[code];
export const matrixOf = (code: number) => (matrices as Names)[code];
