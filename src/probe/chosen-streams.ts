/** The fields of a stream that decide whether it is selected. */
export interface Choosable {
  readonly codec_type: string;
  readonly index: number;
  readonly width: number;
  readonly height: number;
  /** 0: the container has no frame count. */
  readonly nb_frames: number;
  readonly disposition: {
    readonly default: number;
    readonly attached_pic: number;
    readonly timed_thumbnails: number;
    readonly comment: number;
    readonly visual_impaired: number;
  };
  readonly tags: Readonly<Record<string, string>>;
}

/** A track with less than this share of the largest one's pixels is a preview of it. */
const previewShare = 1 / 3;

/**
 * The video streams of a file, the selected one first: the default track, else the first one. Without cover art,
 * stills, and small previews that cameras store beside the film.
 */
export function moviesOf<S extends Choosable>(streams: readonly S[]): S[] {
  const pictures = streams.filter(({ codec_type, disposition }) => {
    const isStill = disposition.attached_pic || disposition.timed_thumbnails;
    return codec_type === 'video' && !isStill;
  });
  const moves = pictures.filter(({ nb_frames }) => nb_frames !== 1);
  const films = moves.length > 0 ? moves : pictures;
  const area = ({ width, height }: S) => width * height;
  const largest = Math.max(0, ...films.map(area));
  const full = films.filter((each) => area(each) >= largest * previewShare);
  return full.toSorted((a, b) => isDefault(b) - isDefault(a) || a.index - b.index);
}

/**
 * The sound tracks of a file, the selected one first: the default track, and a commentary only if there is nothing
 * else.
 */
export function soundsOf<S extends Choosable>(streams: readonly S[]): S[] {
  const sounds = streams.filter(({ codec_type }) => codec_type === 'audio');
  const first = sounds.toSorted((a, b) => isAside(a) - isAside(b) || isDefault(b) - isDefault(a))[0];
  return first ? [first, ...sounds.filter((each) => each !== first)] : [];
}

function isDefault({ disposition }: Choosable): number {
  return disposition.default ? 1 : 0;
}

/** A commentary, or an audio description. */
function isAside({ disposition, tags }: Choosable): number {
  const isNamedSo = /\bcommentary\b|audio description/i.test(tags['title'] ?? '');
  return disposition.comment || disposition.visual_impaired || isNamedSo ? 1 : 0;
}

/** The name of a track; null if it is a program's default name. */
export function titleOf(tags: Readonly<Record<string, string>>): string | null {
  const name = (tags['title'] ?? tags['name'] ?? tags['handler_name'] ?? '').trim();
  const isPlain = /handler|^(?:ISO|core|apple|gpac|bento|mainconcept|vide|soun)\b|media|^sound$|^audio$/i.test(name);
  return name === '' || (tags['title'] === undefined && isPlain) ? null : name.slice(0, 80);
}

/** ISO 639; null if it is missing or `und`. */
export function languageOf(tags: Readonly<Record<string, string>>): string | null {
  const language = tags['language'] ?? '';
  return /^(?:|und|unk|```)$/.test(language) ? null : language.slice(0, 20);
}
