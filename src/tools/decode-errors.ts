/**
 * Messages of ffmpeg at level `warning` about damaged data, from 4.1 to 8 (libavcodec's h264_slice.c, h264_cabac.c,
 * h2645_parse.c, hevcdec.c, aacdec.c, and the tool itself, read 2026-11). Excludes messages that also occur for intact
 * files: frames before the first key frame (`non-existing PPS`, `reference picture missing`), and wrong packet counters
 * where two transport streams were joined (`corrupt input packet`).
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

/** Whether a line of ffmpeg's output reports a decoding error. */
export function isDecodeError(line: string): boolean {
  return said.some((form) => form.test(line));
}
