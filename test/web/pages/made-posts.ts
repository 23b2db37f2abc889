import type { PostCard, PostDetail, StudioState, WordCells } from '../../../src/web/studio/api.ts';

/** A post of the stand-in server, on all its platforms. */
export interface MadePost {
  readonly key: string;
  cells: WordCells;
  readonly cards: PostCard[];
  choices: PostDetail['choices'];
}

export const platforms = [
  { name: 'rednote', title: 'RedNote (Xiaohongshu)' },
  { name: 'shorts', title: 'YouTube Shorts' },
] as const;

const captions = [
  'Three minutes of nothing but the tide coming in.\n\nTurn the sound up, put the phone down. 🌊\n\n#slowtok #lisbon #ocean #fyp',
  'If gulls ran the harbour office 😂 (made with AI, obviously) #ai #harbour #fyp',
  '',
  'Día de regata en Cascais ⛵️ ¿Quién gana? Escríbeme: maya@example.com #vela #regata',
];

/** Posts, the newest first; each fifth one has no words, each tenth one is held, one failed. */
export function makePosts(
  count: number,
  caption: (index: number) => string = (index) => captions[index % 4] ?? '',
): MadePost[] {
  return Array.from({ length: count }, (_, index): MadePost => {
    const moment = new Date(Date.UTC(2025, 11, 6, 17, 42, 30) - index * 7_261_000);
    const key = moment.toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-');
    const text = caption(index);
    const status = index % 10 === 9 ? 'held' : index === 5 ? 'failed' : 'delivered';
    const issues =
      status === 'held'
        ? ([
            {
              code: 'visibility',
              severity: 'info',
              actual: 'private',
              limit: null,
              message: 'Held back, since not everyone could see it (private).',
            },
          ] as const)
        : status === 'failed'
          ? ([
              {
                code: 'link-expired',
                severity: 'error',
                actual: '2025-12-14',
                limit: null,
                message: 'Its link ended on 2025-12-14.',
              },
            ] as const)
          : [];
    const cards = platforms.map(
      ({ name }): PostCard => ({
        ...{ key, target: name, status, kind: 'video', title: text.split('\n')[0] ?? '', hasWords: text !== '' },
        ...{
          cover: status === 'delivered' ? `${name}/${key}/cover.jpg` : null,
          coverVersion: '',
          parts: 1,
          planned: '',
          posted: '',
          issues,
        },
      }),
    );
    return {
      key,
      cards,
      cells: { caption: text, title: '', hashtags: '' },
      choices: { cover: '', targets: '', fit: '' },
    };
  });
}

export function detailOf(account: string, { key, cells, cards, choices }: MadePost): PostDetail {
  return {
    ...{ account, key, kind: 'video', cells, choices, conflicts: [], included: null },
    facts: { key, time: 1_765_000_000, kind: 'video', sound: 'original sound - maya', location: 'Lisbon' },
    translations: [],
    suggestions: cells.caption === '' ? [{ from: 'photo title', text: 'A slow weekend by the sea' }] : [],
    original: { path: `originals/${key}.mp4`, seconds: 14, photos: [] },
    platforms: cards.map((card) => ({
      ...card,
      ...{
        remedies: card.status === 'held' ? [{ kind: 'include' }] : [],
        toDeclare: ['your own work? choose: 原创声明'],
      },
      ...{ url: '', note: '' },
      packages:
        card.status !== 'delivered'
          ? []
          : [
              {
                ...{ part: null, folder: `/home/maya/ported/${account}/${card.target}/${key}`, isOut: false },
                ...{
                  title: card.title,
                  body: cells.caption,
                  hashtags: [],
                  isEdited: false,
                  captionText: cells.caption,
                },
                files: [
                  {
                    path: `${card.target}/${key}/video.mp4`,
                    version: '',
                    role: 'video',
                    bytes: 4_200_000,
                    action: 'copy',
                    why: [],
                  },
                  { path: card.cover ?? '', version: '', role: 'cover', bytes: 120_000, action: 'image', why: [] },
                ],
              },
            ],
    })),
  } as PostDetail;
}

/** @param exports how many exports were dropped */
export function stateOf(account: string, posts: readonly MadePost[], isOpen: boolean): StudioState {
  const totals = { delivered: 0, held: 0, rejected: 0, failed: 0 };
  for (const { cards } of posts) if (cards[0]) totals[cards[0].status]++;
  return {
    version: '0.0.0',
    out: '/home/maya/ported',
    hasPhones: false,
    isKept: false,
    isUnfinished: false,
    ownFiles: 0,
    isSample: false,
    exports: isOpen
      ? [
          {
            name: 'TikTok_Data_1766000000.zip',
            isUploaded: true,
            problem: null,
            inspection: {
              account,
              counts: { posts: 60, videos: 50, photoPosts: 10, photos: 42, deleted: 1, unreadable: 0 },
              visibility: { everyone: 55, friends: 1, private: 4, deleted: 1, unknown: 0 },
              links: {
                ...{ alive: 57, expired: 3, unknown: 0, none: 0 },
                firstExpiry: new Date(Date.now() + 200_000_000).toISOString(),
              },
            },
          },
        ]
      : [],
    accounts: posts.length > 0 ? [{ account, isThere: true, totals: { rednote: totals, shorts: totals } }] : [],
    platforms: platforms.map((each) => ({
      ...each,
      chosen: false,
      counts: { asTheyAre: 49, encoded: 3, split: 0, slideshows: 0, toFetch: 0, held: 4, rejected: 0, failed: 0 },
    })),
    options: {},
    optionsProblem: null,
    forecast: { state: 'done', forecast: null },
    disk: { free: 78e9, needed: 1.9e9 },
    run: { state: 'idle', what: null, done: 0, total: 0, left: null, now: null, problems: [], exitCode: null },
  };
}
