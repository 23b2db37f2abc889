import { readExif } from './exif.ts';
import { namesPlace } from './iptc.ts';
import { jpegSegments } from './jpeg.ts';
import { latin1, type Segment } from './segment.ts';

/** What a file tells beside its picture that a creator would not want to hand out. */
export interface Hidden {
  readonly location: boolean;
  /** Serial numbers, the owner's name, or a maker's note, which holds both in a form of its own. */
  readonly serial: boolean;
  /** Data behind the end of the image that are no harmless picture: the film of a motion photo, an editor's notes. */
  readonly attachment: boolean;
}

const nothing: Hidden = { location: false, serial: false, attachment: false };

export function hiddenIn(segments: readonly Segment[]): Hidden {
  return [wordsIn(segments), ...segments.map((segment) => hiddenInSegment(segment, maxBehind))].reduce(both, nothing);
}

const placeWords =
  /GPS(?:Latitude|Longitude|Dest|Position|Coordinates|AreaInformation)|Location(?:Shown|Created)|Iptc4xmpCore:(?:Location|CountryCode)|photoshop:(?:City|State|Country)/i;
const personalWords = /SerialNumber|OwnerName/i;

/** Names of properties, wherever they stand: in XMP, in the notes of editors. XMP goes on from segment to segment. */
function wordsIn(segments: readonly Segment[]): Hidden {
  const text = segments
    .filter(({ kind }) => kind === 'xmp' || kind === 'text')
    .map(({ data }) => latin1(data))
    .join('')
    // XMP may be written in 16 bits a character.
    .replaceAll('\0', '');
  return { location: placeWords.test(text), serial: personalWords.test(text), attachment: false };
}

/** Pictures behind pictures that are looked into: a phone writes a small one and a map of its lights. */
const maxBehind = 4;

function hiddenInSegment({ kind, data }: Segment, depth: number): Hidden {
  if (kind === 'exif') return { ...readExif(data), attachment: false };
  if (kind === 'iptc') return { ...nothing, location: namesPlace(data) };
  if (kind !== 'behind') return nothing;
  const start = data.findIndex((byte) => byte !== 0);
  if (start < 0) return nothing;
  const further = depth > 0 ? jpegSegments(data.subarray(start)) : null;
  if (further === null) return { ...nothing, attachment: true };
  return [wordsIn(further), ...further.map((segment) => hiddenInSegment(segment, depth - 1))].reduce(both, nothing);
}

function both(a: Hidden, b: Hidden): Hidden {
  return {
    location: a.location || b.location,
    serial: a.serial || b.serial,
    attachment: a.attachment || b.attachment,
  };
}
