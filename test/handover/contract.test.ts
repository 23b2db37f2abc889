import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandOver, Package } from '../../src/handover/contract.ts';
import { isPackageFile } from '../../src/handover/contract.ts';
import { handOvers } from '../../src/handover/index.ts';
import { handOverNames } from '../../src/handover/names.ts';
import { sentence } from '../../src/handover/reasons.ts';
import { textWithTags } from '../../src/handover/words.ts';
import { targets } from '../../src/targets/index.ts';
import { type Arrived, type Stage, stages } from './arrivals.ts';
import { nasty } from './nasty.ts';
import { around, keyOf, onDisk, packaged, photos } from './packages.ts';
import { writeOut } from './stand-ins.ts';

/** What all publishing tools have in common. A new one needs a stage in arrivals.ts, and no test here. */

const windows = process.platform === 'win32';
let root = '';
let place = '';
const open: Stage[] = [];

beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'port-hand-over-')), `it's a "folder" $HOME \`x\` %TEMP% 🎬`);
  place = join(root, "hand-over/ma'ya & co");
  mkdirSync(place, { recursive: true });
});

afterEach(async () => {
  for (const stage of open.splice(0)) await stage.close();
  rmSync(join(root, '..'), { recursive: true, force: true });
});

/** A stand-in of the tool. @param shell for its script, if that is one of a shell */
async function stageOf(tool: HandOver, shell?: string): Promise<Stage> {
  const stage = await stages[tool.name](join(root, 'tool'), shell);
  open.push(stage);
  return stage;
}

/** Hands over packages whose files are there. */
function handOver(tool: HandOver, packages: readonly Package[]) {
  const made = tool.write(
    packages.map((each) => onDisk(root, each)),
    around,
  );
  writeOut(place, made);
  return made;
}

const firstOf = (tool: HandOver) => targets.find(tool.takes)?.name ?? 'none';
const idsOf = (arrived: readonly Arrived[]) => arrived.map(({ id }) => id);

it('names.ts has the tools of the list', () => {
  expect(handOvers.map(({ name }) => name)).toEqual(handOverNames);
});

describe.each(handOvers.map((tool) => [tool.name, tool] as const))('%s', (_name, tool) => {
  it('takes at least one platform of ours', () => {
    expect(targets.filter(tool.takes)).not.toEqual([]);
  });

  it.each(targets.filter(tool.takes).map(({ name }) => name))(
    '%s: hands over or leaves out each package once',
    (to) => {
      const packages = [
        packaged(to, { id: keyOf(1) }),
        packaged(to, { id: `${keyOf(2)}/part-1` }),
        packaged(to, { id: `${keyOf(2)}/part-2` }),
        photos(to, 3, { id: keyOf(3) }),
        packaged(to, { id: keyOf(4), title: null, body: '', hashtags: [] }),
        packaged(to, { id: keyOf(5), answers: { madeForKids: null, ownWork: null } }),
        photos(to, 40, { id: keyOf(6) }),
      ];
      const { handed, leftOut } = tool.write(packages, around);
      const ids = [...handed.map((each) => each.package.id), ...leftOut.map(({ id }) => id)];
      expect(ids.sort()).toEqual(packages.map(({ id }) => id).sort());
      expect(idsIn(handed)).toContain(keyOf(1));
      expect(leftOut.every(({ target }) => target === to)).toBe(true);
      for (const each of leftOut) expect(sentence(each, tool.title)).toMatch(/^\S.*\.$/s);
      for (const { remarks } of handed)
        for (const each of remarks) expect(sentence(each, tool.title)).toMatch(/^\S.*\.$/s);
    },
  );

  it('without packages it writes files that do nothing', async () => {
    handOver(tool, []);
    const stage = await stageOf(tool);
    const ran = await stage.run(place);
    expect([ran.code, ran.text]).toEqual([0, expect.not.stringContaining('rror')]);
    expect(await stage.arrived(place)).toEqual([]);
  });

  it('writes files of its own, each once; those of a package are JSON and known by their names', () => {
    const { files, handed } = tool.write([packaged(firstOf(tool))], around);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    for (const path of files.map((each) => each.path)) expect(path).toMatch(/^(?:[\w-]+\/)?[\w.-]+$/);
    for (const path of handed.flatMap((each) => each.files)) {
      expect([path.split('/')[0], isPackageFile(path.split('/')[1] ?? '')]).toEqual([tool.folder, true]);
      expect(() => JSON.parse(files.find((each) => each.path === path)?.text ?? '')).not.toThrow();
    }
  });

  it('declarations are carried or listed, never dropped', () => {
    for (const target of targets.filter(tool.takes)) {
      const { when } = target.declarations;
      const toDeclare = [when['ai-generated']?.value ?? '', when['branded-content']?.value ?? ''].filter(Boolean);
      const from = packaged(target.name, { declarations: ['ai-generated', 'branded-content'], toDeclare });
      const { handed, files } = tool.write([from], around);
      const text = files.map((each) => each.text).join('\n');
      const isCarried = /containsSyntheticMedia": true|made_with_ai": true/.test(text);
      const listed = handed[0]?.toDeclare ?? [];
      if (!isCarried) expect(listed).toContain(toDeclare[0]);
      if (!text.includes('paid_partnership": true')) expect(listed).toContain(toDeclare.at(-1));
    }
  });

  const { memory } = { memory: tool.name === 'csv' ? null : `${tool.name}.sent.csv` };
  const shells = tool.command?.('x').startsWith('sh ') ? ['dash', 'bash'] : ['sh'];
  describe.skipIf(windows).each(shells)('through %s', (shell) => {
    it('words arrive byte for byte, in the order of the packages', async () => {
      const packages = nasty.map((body, index) =>
        packaged(firstOf(tool), { id: keyOf(index + 1), title: `"$HOME" 'x' \`y\``, body }),
      );
      handOver(tool, packages);
      const stage = await stageOf(tool, shell);
      const ran = await stage.run(place);
      expect([ran.code, ran.text]).toEqual([0, ran.text]);
      const arrived = await stage.arrived(place);
      expect(idsOf(arrived)).toEqual(packages.map(({ id }) => id));
      for (const [index, { text, title, tags }] of arrived.entries()) {
        const from = packages[index] as Package;
        // Postiz has paragraphs, and no signs of their ends.
        const asPosted = (words: string) => (tool.name === 'postiz' ? words.replaceAll('\r\n', '\n') : words);
        expect([from.body, textWithTags(from)].map(asPosted)).toContain(text);
        if (title !== null) expect(title).toBe(from.title);
        if (tags !== null) expect(tags).toEqual(from.hashtags);
      }
      expect(existsSync(join(place, 'pwned'))).toBe(false);
    });

    it('files arrive by paths that are there, photos in their order', async () => {
      const target = targets.find((each) => tool.takes(each) && each.photos !== null) ?? targets.find(tool.takes);
      const isWithPhotos = target?.photos !== null;
      const from = isWithPhotos ? photos(target?.name ?? '', 3) : packaged(target?.name ?? '');
      handOver(tool, [from]);
      const stage = await stageOf(tool, shell);
      expect((await stage.run(place)).code).toBe(0);
      const [arrived] = await stage.arrived(place);
      const paths = [...(from.video ? [from.video] : []), ...from.photos].map(({ path }) => path);
      expect(arrived?.files.map((path) => path.replace(root, ''))).toEqual(paths);
    });

    it.skipIf(memory === null)(
      'a failure in the middle stops it; the second run goes on, the third does nothing',
      async () => {
        const bodies = ['one', 'two', 'three is refused', 'four'];
        const packages = bodies.map((body, index) =>
          packaged(firstOf(tool), { id: keyOf(index + 1), body, title: body }),
        );
        handOver(tool, packages);
        const stage = await stageOf(tool, shell);
        const failed = await stage.run(place, { failAt: 'three is refused' });
        expect(failed.code).toBe(1);
        expect(failed.text).toContain(`${keyOf(3)} was not `);
        expect(idsOf(await stage.arrived(place))).toEqual([keyOf(1), keyOf(2)]);
        const second = await stage.run(place);
        expect([second.code, idsOf(await stage.arrived(place))]).toEqual([0, packages.map(({ id }) => id)]);
        const third = await stage.run(place);
        expect([third.code, (await stage.arrived(place)).length]).toEqual([0, 4]);
      },
    );

    it.skipIf(memory === null)(
      'a post that was being sent when it was killed is asked about, not sent twice',
      async () => {
        const packages = [1, 2].map((number) => packaged(firstOf(tool), { id: keyOf(number) }));
        handOver(tool, packages);
        const stage = await stageOf(tool, shell);
        const path = join(place, memory ?? '');
        expect((await stage.run(place, { failAt: 'The first boat' })).code).toBe(1);
        const before = readFileSync(path, 'utf8');
        writeFileSync(path, before.replace(/^[^\n]*,failed,[^\n]*\n/m, ''));
        const asked = await stage.run(place);
        expect([asked.code, await stage.arrived(place)]).toEqual([1, []]);
        expect(asked.text).toContain('--sent');
        const name = tool.name === 'postiz' ? `${firstOf(tool)}/${keyOf(1)}` : keyOf(1);
        const unknown = await stage.run(place, { args: ['--sent', 'nobody'] });
        expect([unknown.code, await stage.arrived(place)]).toEqual([1, []]);
        const answered = await stage.run(place, { args: ['--sent', name] });
        expect([answered.code, idsOf(await stage.arrived(place))]).toEqual([0, [keyOf(2)]]);
        const again = await stage.run(place, { args: ['--again', name] });
        expect([again.code, idsOf(await stage.arrived(place))]).toEqual([0, [keyOf(2), keyOf(1)]]);
      },
    );

    it.skipIf(memory === null)('a memory that another program rewrote stops it', async () => {
      handOver(tool, [packaged(firstOf(tool))]);
      writeFileSync(join(place, memory ?? ''), 'post;tick;target;at;url\n');
      const stage = await stageOf(tool, shell);
      const ran = await stage.run(place);
      expect([ran.code, await stage.arrived(place)]).toEqual([1, []]);
      expect(ran.text).toContain('Put back its first line');
    });
  });
});

function idsIn(handed: readonly { readonly package: Package }[]): string[] {
  return handed.map((each) => each.package.id);
}
