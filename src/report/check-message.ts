import type { Issue } from '../model/issue.ts';
import { message } from './messages.ts';

/**
 * The sentence of an issue in `port check`, which changes nothing; the main job's sentences say what it does about the
 * issue.
 */
export function checkMessage(issue: Issue): string {
  switch (issue.code) {
    case 'audio-missing':
      return 'It has no sound track.';
    case 'audio-tracks':
      return `It has ${issue.actual} sound tracks; the limit is ${issue.limit}.`;
    case 'trailer':
      return 'Other data are appended to the video.';
    case 'size-changes':
      return 'Its picture changes its size on the way.';
    case 'picture-ends':
      return `Its picture ends after ${issue.actual} s, its sound after ${issue.limit} s.`;
    case 'key-frame-late':
      return `It begins between two key frames: its first ${issue.actual} s cannot be shown.`;
    case 'clock-jumps':
      return 'It is recordings that were put together, each with a clock of its own.';
    case 'frame-order':
      return 'Its container does not say in which order its frames are shown (B frames in AVI).';
    case 'location':
      return 'The file says where it was made.';
    case 'serial-number':
      return 'The file names its camera or its owner (serial numbers, a maker’s note).';
    case 'image-attachment':
      return 'A film, another picture or other data hide behind the picture and may say where it was made.';
    case 'image-codec':
      return `It is a ${issue.actual} photo, which port cannot open.`;
    case 'image-pixels':
      return `It has ${issue.actual} pixels; more than ${issue.limit} are not opened.`;
    case 'image-animated':
      return `It is an animation of ${issue.actual} frames.`;
    case 'photo-count':
      return `It has ${issue.actual} photos; ${issue.limit} go into one post.`;
    default:
      return message(issue);
  }
}
