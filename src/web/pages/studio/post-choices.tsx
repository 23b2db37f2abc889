import type { PostDetail } from '../../studio/api.ts';
import { choose } from './actions.ts';
import { ChoiceConflicts } from './choice-conflicts.tsx';
import { platformName } from './filter.ts';
import { useModel, useSentences } from './store.ts';

/** The choices for one post besides its cover: its platforms, and how it is fitted into another shape. */
export function PostChoices({ detail }: { readonly detail: PostDetail }) {
  const s = useSentences();
  const all = useModel((each) => each.state?.platforms ?? []);
  const { account, key, choices } = detail;
  const place = { account, key };
  const own = new Set(detail.platforms.map(({ target }) => target));
  const platforms = all.filter(({ name, chosen }) => chosen || own.has(name));
  const wanted = targetsIn(choices.targets, all);
  const isOn = (name: string) => wanted === null || wanted.includes(name);
  const toggle = (name: string, on: boolean) => {
    const names = platforms.map((each) => each.name).filter((each) => (each === name ? on : isOn(each)));
    const value = names.length === platforms.length ? '' : names.length === 0 ? 'none' : names.join(', ');
    void choose(place, 'targets', value);
  };
  return (
    <>
      <ChoiceConflicts detail={detail} columns={['targets', 'fit']} />
      <details class="post-choices">
        <summary>{s.postChoices}</summary>
        <div class="fields">
          <fieldset>
            <legend>{s.goesTo}</legend>
            {platforms.map(({ name }) => (
              <label key={name} class="check">
                <input
                  type="checkbox"
                  checked={isOn(name)}
                  onChange={(event) => toggle(name, event.currentTarget.checked)}
                />
                {platformName({ state: { platforms: all } }, name)}
              </label>
            ))}
          </fieldset>
          <label>
            {s.fit}
            <select value={choices.fit} onChange={(event) => void choose(place, 'fit', event.currentTarget.value)}>
              <option value="">{s.asForAll}</option>
              {Object.entries(s.fits).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </label>
        </div>
      </details>
    </>
  );
}

/** The platforms that a cell names, as a person writes them; null: all. */
function targetsIn(cell: string, all: readonly { readonly name: string; readonly title: string }[]) {
  const said = cell
    .toLowerCase()
    .split(/[,;、，]/)
    .map((each) => each.trim())
    .filter(Boolean);
  if (said.length === 0 || said.includes('all')) return null;
  return all
    .filter(({ name, title }) => said.some((each) => each === name || title.toLowerCase().startsWith(each)))
    .map(({ name }) => name);
}
