import { describe, expect, it } from 'vitest';
import { encoderTrialArgs, encoderUse, hardwareEncoders } from '../../src/plan/encoder-args.ts';

const picture = { fps: 30, crf: 20, maxKbps: 8000 };
const following = (options: readonly string[], name: string) => options[options.indexOf(name) + 1];

describe.each(['software', ...hardwareEncoders, 'h264_mf'])('%s', (encoder) => {
  const { options } = encoderUse(encoder, picture, 2);

  it('writes High profile under the cap, two seconds between key frames, tagged BT.709', () => {
    expect(following(options, '-c:v')).toBe(encoder === 'software' ? 'libx264' : encoder);
    expect(following(options, '-profile:v')).toBe('high');
    expect(following(options, '-maxrate')).toBe('8000k');
    expect(following(options, '-bufsize')).toBe('16000k');
    expect(following(options, '-force_key_frames')).toBe('expr:gte(t,n_forced*2)');
    expect(following(options, '-color_primaries')).toBe('bt709');
    expect(following(options, '-r')).toBe('30');
  });

  it('its trial uses the options of a render', () => {
    const { outputOptions } = encoderTrialArgs(encoder);
    for (const name of ['-c:v', '-profile:v', '-maxrate', '-force_key_frames']) expect(outputOptions).toContain(name);
    expect(outputOptions.slice(-2)).toEqual(['-f', 'null']);
  });
});

it('libx264 by name equals software', () => {
  expect(encoderUse('libx264', picture, 2)).toEqual(encoderUse('software', picture, 2));
});
