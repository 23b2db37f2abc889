/** What ffprobe tells of a stream, as far as it decides which one is used. */
export interface Choosable {
  readonly codec_type: string;
  readonly index: number;
  readonly width: number;
  readonly height: number;
  /** 0: the container does not say. */
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

/** A track that has less than this share of the pixels of the largest one is a preview of it. */
const previewShare = 1 / 3;

/**
 * The moving pictures of a file, the one that is used first: the default track, else the first one. No cover art, no still
 * beside a film, and no small preview, as cameras write it beside the film.
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

/** The sound tracks of a file, the one that is used first: the default one, and a commentary only where nothing else is. */
export function soundsOf<S extends Choosable>(streams: readonly S[]): S[] {
  const sounds = streams.filter(({ codec_type }) => codec_type === 'audio');
  const first = sounds.toSorted((a, b) => isAside(a) - isAside(b) || isDefault(b) - isDefault(a))[0];
  return first ? [first, ...sounds.filter((each) => each !== first)] : [];
}

function isDefault({ disposition }: Choosable): number {
  return disposition.default ? 1 : 0;
}

/** Spoken over the film, or for those who do not see it. */
function isAside({ disposition, tags }: Choosable): number {
  const isNamedSo = /\bcommentary\b|audio description/i.test(tags['title'] ?? '');
  return disposition.comment || disposition.visual_impaired || isNamedSo ? 1 : 0;
}

/** What a person or a program called a track; null where that is no more than what every file has. */
export function titleOf(tags: Readonly<Record<string, string>>): string | null {
  const name = (tags['title'] ?? tags['name'] ?? tags['handler_name'] ?? '').trim();
  const isPlain = /handler|^(?:ISO|core|apple|gpac|bento|mainconcept|vide|soun)\b|media|^sound$|^audio$/i.test(name);
  return name === '' || (tags['title'] === undefined && isPlain) ? null : name.slice(0, 80);
}

/** ISO 639; null where the file does not say, or says that nobody knows. */
export function languageOf(tags: Readonly<Record<string, string>>): string | null {
  const language = tags['language'] ?? '';
  return /^(?:|und|unk|```)$/.test(language) ? null : language.slice(0, 20);
}
