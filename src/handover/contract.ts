import type { Declaration, Target } from '../targets/target.ts';
import type { HandOverName } from './names.ts';
import type { LeftOut, Remark } from './reasons.ts';

/** A file of a package on this machine. */
export interface PackageFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
}

export interface Subtitles extends PackageFile {
  /** BCP 47, as far as it is beyond doubt. */
  readonly language: string | null;
}

/** A delivered package that is not out: one upload for a publishing tool. */
export interface Package {
  /** The key of the post, or `KEY/part-1` for a part of a split video. */
  readonly id: string;
  readonly key: string;
  readonly target: Target;
  /** When it is to go out, as in posting.csv; null: not planned. */
  readonly planned: string | null;
  /** null where the platform has no title. */
  readonly title: string | null;
  /** Without the hashtags. */
  readonly body: string;
  /** Without `#`. */
  readonly hashtags: readonly string[];
  readonly video: PackageFile | null;
  /** Empty for a video. */
  readonly photos: readonly PackageFile[];
  readonly cover: PackageFile | null;
  /** What is said in the video; null: nothing is known. */
  readonly subtitles: Subtitles | null;
  readonly declarations: readonly string[];
  /** The same for people, with what the platform asks of every post. */
  readonly toDeclare: readonly string[];
  readonly answers: Answers;
}

/** Answers that only a person can give about a post; null: not answered. */
export interface Answers {
  readonly madeForKids: boolean | null;
  readonly ownWork: boolean | null;
}

export interface HandOverContext {
  /** The name of the account in its export. */
  readonly account: string;
  /** The time zone of this machine, for tools that take local times without one. */
  readonly zone: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A file to write. */
export interface OutputFile {
  /** Relative to the account's folder of the hand-over, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A package that the tool will post. */
export interface HandOverPost {
  readonly package: Package;
  /** Paths of the files that are for it alone. */
  readonly files: readonly string[];
  readonly remarks: readonly Remark[];
  /** Declarations that the tool cannot carry: a person has to make them. */
  readonly toDeclare: readonly string[];
}

export interface HandOverResult {
  readonly files: readonly OutputFile[];
  readonly handed: readonly HandOverPost[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * A publishing tool. One file, its name in names.ts and a line in index.ts add it everywhere: `--for`, help, completion,
 * the contract suite. It is pure: packages in, texts of files out.
 */
export interface HandOver {
  /** As after `--for`. */
  readonly name: HandOverName;
  /** A description for the help. */
  readonly title: string;
  readonly takes: (target: Target) => boolean;
  /** The folder of the files that it gets for each package, if there are any: `xhs-mcp`. */
  readonly folder: string | null;
  /** The command that starts the script; null where there is none. `place`: the account's folder of the hand-over. */
  readonly command: ((place: string) => string) | null;
  /** @param packages in the order in which they are to go out */
  readonly write: (packages: readonly Package[], context: HandOverContext) => HandOverResult;
}

/** Separates the posts that a tool takes from those that it leaves out. */
export function separateLeftOut<Post extends { readonly handed: HandOverPost }>(
  made: readonly (Post | LeftOut)[],
): { readonly posts: readonly Post[]; readonly handed: readonly HandOverPost[]; readonly leftOut: readonly LeftOut[] } {
  const posts = made.filter((each) => 'handed' in each);
  const leftOut = made.filter((each): each is LeftOut => !('handed' in each));
  return { posts, handed: posts.map(({ handed }) => handed), leftOut };
}

/** The declarations of a package that a tool cannot carry, in the words of the platform's form. @param carried those that it can */
export function restToDeclare(
  { target, declarations, toDeclare }: Package,
  carried: { readonly when?: readonly Declaration[]; readonly always?: readonly string[] },
): readonly string[] {
  const { when, always } = target.declarations;
  const words = [
    ...(carried.when ?? []).filter((name) => declarations.includes(name)).map((name) => when[name]?.value),
    ...(carried.always ?? []).map((name) => always[name]?.value),
  ];
  return toDeclare.filter((each) => !words.includes(each));
}

/** Whether a post is certainly advertising or made by AI, which the platform has to be told. */
export function mustDeclare({ declarations }: Pick<Package, 'declarations'>): boolean {
  return declarations.some((each) => ['ai-generated', 'your-brand', 'branded-content'].includes(each));
}

/** Whether a person has to answer on this platform whether posts are made for kids. */
export function asksMadeForKids({ declarations }: Target): boolean {
  return 'madeForKids' in declarations.always;
}

/** The name of a package's own file, without its ending. */
export function fileName(id: string): string {
  return id.replace('/', '-');
}

const ownFile = /^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d{1,7})?(?:-part-\d{1,4})?\.json$/;

/** Whether a file of a tool's folder is one that an earlier hand-over wrote for a package. */
export function isPackageFile(name: string): boolean {
  return ownFile.test(name);
}
