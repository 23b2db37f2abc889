import type { AudioStream, VideoProbe } from '../../model/probe.ts';
import type { Mp4Boxes } from './boxes.ts';
import type { Mp4Track } from './tracks.ts';

const used = new Set(['vide', 'soun']);

/** Corrects a probe by the boxes of an MP4 or MOV: empty sound tracks are removed. */
export function withBoxes(found: VideoProbe, boxes: Mp4Boxes): VideoProbe {
  const { video, audio, fragmented } = found;
  const sounds = tracksOf(boxes, 'soun');
  const isEmpty = ({ ordinal }: AudioStream) => !fragmented && sounds[ordinal]?.samples === 0;
  const sounding = audio.filter((sound) => !isEmpty(sound));
  // The duration of an empty track is meaningless.
  const silent = audio.length > 0 && sounding.length === 0;
  return {
    ...found,
    seconds: (silent ? video?.seconds : null) ?? found.seconds,
    trailer: boxes.trailer,
    severalEdits: boxes.tracks.some(({ handler, stretches }) => used.has(handler) && stretches > 1),
    hasLocation: found.hasLocation || boxes.hasLocation,
    video: video && { ...video, changesSize: boxes.changes === 'size' },
    // Phones record a second track in a codec of their own, so supported tracks come first.
    audio: sounding.toSorted((a, b) => Number(a.codec === 'unknown') - Number(b.codec === 'unknown')),
  };
}

export function tracksOf({ tracks }: Mp4Boxes, handler: 'vide' | 'soun'): readonly Mp4Track[] {
  return tracks.filter((track) => track.handler === handler);
}
