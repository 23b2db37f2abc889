import { readExif } from './exif.ts';
import { namesPlace } from './iptc.ts';
import { jpegSegments } from './jpeg.ts';
import { latin1, type Segment } from './segment.ts';

/** Data in a file beside its picture that a creator would not want to publish. */
export interface Hidden {
  readonly location: boolean;
  /** Serial numbers, the owner's name, or a maker note, which may contain both in a proprietary format. */
  readonly serial: boolean;
  /**
   * Data after the end of the image: the video of a motion photo, an editor's notes, a second picture (MPO: the other
   * eye, a depth map, a preview). Excludes gain maps, which players need to display HDR.
   */
  readonly attachment: boolean;
}

interface Found extends Hidden {
  /** A picture follows the first one. */
  readonly picture: boolean;
  /** One of the pictures declares that it is, or has, a gain map. */
  readonly gainMap: boolean;
}

const nothing: Found = { location: false, serial: false, attachment: false, picture: false, gainMap: false };

export function hiddenIn(segments: readonly Segment[]): Hidden {
  const { location, serial, attachment, picture, gainMap } = foundIn(segments, maxBehind);
  return { location, serial, attachment: attachment || (picture && !gainMap) };
}

function foundIn(segments: readonly Segment[], depth: number): Found {
  return [wordsIn(segments), ...segments.map((segment) => foundInSegment(segment, depth))].reduce(both, nothing);
}

const placeWords =
  /GPS(?:Latitude|Longitude|Dest|Position|Coordinates|AreaInformation)|Location(?:Shown|Created)|Iptc4xmpCore:(?:Location|CountryCode)|photoshop:(?:City|State|Country)/i;
const personalWords = /SerialNumber|OwnerName/i;
/** The names of gain maps by Google and Adobe (Ultra HDR 1.1), Apple, and ISO 21496-1, 2026-11. */
const gainMapWords = /hdrgm:|HDRGainMap|urn:iso:std:iso:ts:21496/i;

/** Property names anywhere: in XMP, in the notes of editors. XMP continues across segments. */
function wordsIn(segments: readonly Segment[]): Found {
  const text = segments
    .filter(({ kind }) => kind === 'xmp' || kind === 'text')
    .map(({ data }) => latin1(data))
    .join('')
    // XMP may be UTF-16.
    .replaceAll('\0', '');
  const said = { location: placeWords.test(text), serial: personalWords.test(text), gainMap: gainMapWords.test(text) };
  return { ...nothing, ...said };
}

/** The maximum number of appended pictures to check: a phone writes a preview and a gain map. */
const maxBehind = 4;

function foundInSegment({ kind, data }: Segment, depth: number): Found {
  if (kind === 'exif') return { ...nothing, ...readExif(data) };
  if (kind === 'iptc') return { ...nothing, location: namesPlace(data) };
  if (kind !== 'behind') return nothing;
  const start = data.findIndex((byte) => byte !== 0);
  if (start < 0) return nothing;
  const further = depth > 0 ? jpegSegments(data.subarray(start)) : null;
  if (further === null) return { ...nothing, attachment: true };
  return { ...foundIn(further, depth - 1), picture: true };
}

function both(a: Found, b: Found): Found {
  return {
    location: a.location || b.location,
    serial: a.serial || b.serial,
    attachment: a.attachment || b.attachment,
    picture: a.picture || b.picture,
    gainMap: a.gainMap || b.gainMap,
  };
}
