/**
 * What ffmpeg says at level `warning` where what it decodes is damaged, from 4.1 to 8 (libavcodec's h264_slice.c, h264_cabac.c,
 * h2645_parse.c, hevcdec.c, aacdec.c, and the tool itself, read 2026-11). Left out is what it also says of whole files: of
 * frames before the first key frame, and where it begins in the middle (`non-existing PPS`, `reference picture missing`);
 * and of packets that count wrong where two transport streams were joined (`corrupt input packet`).
 */
const said = [
  /error while decoding MB/i,
  /error while decoding stream/i,
  /\bdecod(?:e|ing) error\b/i,
  /error submitting (?:a )?packet to (?:the )?decoder/i,
  /corrupted macroblock/i,
  /invalid NAL unit/i,
  /error splitting the input into NAL units/i,
  /\bcabac decode of\b/i,
  /\bconcealing \d+ DC\b/i,
  /cu_qp_delta \S+ is outside/i,
];

/** Whether a line of ffmpeg's tells that something in a file could not be decoded as it was meant. */
export function isDecodeError(line: string): boolean {
  return said.some((form) => form.test(line));
}
