import type { Stored } from './plan.ts';

/**
 * Filters that convert a stored picture to limited-range BT.709; `format` is the pixel format of the result. Empty if
 * only the matrix differs, because the scaler converts that.
 */
export function toBt709(stored: Stored): string[] {
  if (stored.transfer !== 'sdr') return stored.light === 'zscale' ? zscaleToneMap(stored) : curvesToneMap(stored);
  if (stored.primaries === 'bt709') return [];
  return stored.light === 'zscale' ? zscaleGamut(stored) : sceneGamut(stored);
}

/** SDR pictures: converts primaries in display light (ITU-R BT.1886). */
function zscaleGamut({ matrix, primaries }: Stored): string[] {
  const from = `pin=${primaryNames[primaries]}:tin=709:min=${matrixNames[matrix]}:rin=limited`;
  return ['format=yuv420p10le', `zscale=${from}:t=709:p=709:m=709:r=limited`, 'format=yuv420p'];
}

/** The fallback without zscale: converts primaries in scene light, which makes dark colours slightly paler. */
function sceneGamut({ matrix, primaries }: Stored): string[] {
  const from = `ispace=${spaceNames[matrix]}:iprimaries=${primaryNames[primaries]}:itrc=bt709:irange=tv`;
  return ['format=yuv420p10le', `colorspace=${from}:space=bt709:primaries=bt709:trc=bt709:range=tv:format=yuv420p`];
}

/** Whether the filters of `toBt709` convert matrix and range themselves. Scaling must then leave them unchanged. */
export function readsStored(stored: Stored): boolean {
  return stored.transfer !== 'sdr' || stored.primaries !== 'bt709';
}

/** The `colorspace` filter uses other names than zscale. */
const spaceNames = {
  bt601: 'smpte170m',
  bt709: 'bt709',
  bt2020: 'bt2020ncl',
  smpte240m: 'smpte240m',
  fcc: 'fcc',
} as const;
const primaryNames = { bt709: 'bt709', bt2020: 'bt2020', p3: 'smpte432' } as const;
const matrixNames = { bt601: '470bg', bt709: '709', bt2020: '2020_ncl', smpte240m: '240m', fcc: 'fcc' } as const;
const transferNames = { pq: 'smpte2084', hlg: 'arib-std-b67', sdr: '709' } as const;

/**
 * Luminance of reference white in HDR, cd/m2 (ITU-R BT.2408-7, 2.2, 2023-09), and of the brightest level that is
 * preserved.
 */
const whiteNits = 203;
const peakNits = 1000;

/** In multiples of reference white: light below is unchanged, light above is compressed to end at display white. */
const knee = 0.5;
const peak = peakNits / whiteNits;

/**
 * Converts HDR10 and HLG to BT.709 in linear light. Measured against SDR pictures embedded in HDR as BT.2408 defines
 * (2026-11): greys and skin tones are exact, reference white becomes 228 of 255, and brighter light uses the rest.
 * `hable`, which most recipes use, makes everything darker by a fifth. Input properties are passed explicitly, because
 * zscale fails where a tag is missing.
 */
function zscaleToneMap({ matrix, primaries, transfer }: Stored): string[] {
  const from = `pin=${primaryNames[primaries]}:tin=${transferNames[transfer]}:min=${matrixNames[matrix]}:rin=limited`;
  const linear = (gamut: string) => `t=linear:p=${gamut}:m=gbr:r=full`;
  const gamut = primaryNames[primaries];
  return [
    'format=yuv420p10le',
    `zscale=${from}:${linear(gamut)}:npl=${whiteNits}`,
    'format=gbrpf32le',
    `zscale=pin=${gamut}:tin=linear:min=gbr:rin=full:${linear('709')}`,
    `tonemap=mobius:param=${knee}:desat=0:peak=${peak.toFixed(3)}`,
    'zscale=pin=709:tin=linear:min=gbr:rin=full:t=709:p=709:m=709:r=limited',
    'format=yuv420p',
  ];
}

/**
 * The same with curves for each colour channel, for builds without zscale: bright colours become slightly paler. Long
 * formulas are cheap, because ffmpeg evaluates each curve only once for every value that a pixel can have.
 */
function curvesToneMap({ matrix, primaries, transfer }: Stored): string[] {
  const light = transfer === 'pq' ? pqLight : hlgLight;
  const sdr = curve(`st(0,${light});65535*if(lte(ld(0),${knee}),ld(0),${bent})`);
  const gamma = curve('st(0,val/65535);65535*if(lt(ld(0),0.018),4.5*ld(0),1.099*pow(ld(0),0.45)-0.099)');
  return [
    `scale=in_color_matrix=${matrix}:in_range=limited:out_range=full`,
    'format=rgb48le',
    sdr,
    ...(primaries === 'bt2020' ? [gamutOfBt2020] : []),
    gamma,
    'scale=out_color_matrix=bt709:out_range=limited',
    'format=yuv420p',
  ];
}

const curve = (expression: string) => `lutrgb=r='${expression}':g='${expression}':b='${expression}'`;

/** SMPTE ST 2084 (PQ), in multiples of reference white. */
const pqLight = [
  'st(1,pow(val/65535,1/78.84375))',
  `pow(max(ld(1)-0.8359375,0)/(18.8515625-18.6875*ld(1)),1/0.1593017578125)*${10_000 / whiteNits}`,
].join(';');

/** ITU-R BT.2100 HLG for a display of 1000 cd/m2; its system gamma of 1.2 is applied to each channel separately. */
const hlgLight = [
  'st(1,val/65535)',
  `pow(if(lte(ld(1),0.5),ld(1)*ld(1)/3,(exp((ld(1)-0.55991073)/0.17883277)+0.28466892)/12),1.2)*${peak}`,
].join(';');

/** The curve of `tonemap=mobius` above the knee. */
const bent = (() => {
  const a = (-knee * knee * (peak - 1)) / (knee * knee - 2 * knee + peak);
  const b = (knee * knee - 2 * knee * peak + peak) / (peak - 1);
  return `${(b * b + 2 * b * knee + knee * knee) / (b - a)}*(ld(0)+${a})/(ld(0)+${b})`;
})();

/** ITU-R BT.2087, in linear light. */
const gamutOfBt2020 = [
  'colorchannelmixer=rr=1.6605:rg=-0.5876:rb=-0.0728',
  'gr=-0.1246:gg=1.1329:gb=-0.0083:br=-0.0182:bg=-0.1006:bb=1.1187',
].join(':');
