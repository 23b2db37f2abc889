/** Why a package is not handed over. */
export type LeftOutCode =
  | 'posted'
  | 'wrong-platform'
  | 'changed'
  | 'made-for-kids'
  | 'no-title'
  | 'no-words'
  | 'video-only'
  | 'too-many-files'
  | 'file-too-large'
  | 'file-type'
  | 'thread';

/** Remarks for a person about a package that is handed over. */
export type RemarkCode =
  | 'title-cut'
  | 'title-made'
  | 'body-made'
  | 'too-far'
  | 'too-near'
  | 'past'
  | 'private'
  | 'only-me'
  | 'subtitles';

interface Coded<Code> {
  readonly code: Code;
  /** The value in the sentence. */
  readonly actual: string | number | null;
}

export type Remark = Coded<RemarkCode>;

export interface LeftOut extends Coded<LeftOutCode> {
  /** Of the package: `KEY/part-1` for a part of a split video. */
  readonly id: string;
  readonly target: string;
}

/** The sentence of a reason. `tool`: the name of the tool. */
export function sentence({ code, actual }: Coded<LeftOutCode | RemarkCode>, tool: string): string {
  switch (code) {
    case 'posted':
      return 'It is posted already.';
    case 'wrong-platform':
      return `${tool} does not post to ${actual}.`;
    case 'changed':
      return `${actual} is missing or not as the last run left it. Run port again, then hand over.`;
    case 'made-for-kids':
      return 'Nobody has said whether it is made for kids: --made-for-kids yes or no, or a line in --answers.';
    case 'no-title':
      return `It has no title, and ${tool} takes no post without one. Write one into captions.csv and run port again.`;
    case 'no-words':
      return `It has no words, and ${tool} takes no post without any. Write some into captions.csv and run port again.`;
    case 'video-only':
      return `${tool} takes videos only there, and this is a post of photos.`;
    case 'too-many-files':
      return `${tool} takes at most ${actual} files in a post there.`;
    case 'file-too-large':
      return `${tool} takes files up to ${actual} only.`;
    case 'file-type':
      return `${tool} takes no videos of this kind (${actual}), only MP4.`;
    case 'thread':
      return `Its text is a thread of ${actual} posts, and ${tool} would lose the replies: post it by hand from its folder.`;
    case 'title-cut':
      return `${tool} cuts titles: it gets the shorter “${actual}”.`;
    case 'title-made':
      return `It has no title: it gets “${actual}”.`;
    case 'body-made':
      return `${tool} takes no post without a text: it gets “${actual}”.`;
    case 'too-far':
      return `${actual} is further ahead than ${tool} can plan. The script does not post it before; hand over again when the day is nearer.`;
    case 'too-near':
      return `${actual} is too near for ${tool} to plan. The script posts it once the time has come.`;
    case 'past':
      return `Its time, ${actual}, has passed: it goes out as soon as it is sent.`;
    case 'private':
      return `It is uploaded as private, since ${actual === null ? 'it is not planned' : `its time, ${actual}, has passed`}: publish it in YouTube Studio.`;
    case 'subtitles':
      return 'Its subtitles (video.srt) stay behind, since their language is not certain: add them in YouTube Studio.';
    case 'only-me':
      return 'Only you will see it at first: declare what is listed in the app, then open it to everyone.';
  }
}
