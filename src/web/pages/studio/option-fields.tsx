import { changeOptions } from './actions.ts';
import type { Options } from './server.ts';
import { useModel, useSentences } from './store.ts';

/** The most used options; all others keep the values of the command line and the config file. */
export function OptionFields() {
  const s = useSentences();
  const draft = useModel((each) => each.draft);
  const stored = useModel((each) => each.state?.options);
  const options: Options = { ...stored, ...draft };
  const text = (name: string) => {
    const value = options[name];
    return typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : '';
  };
  const included = text('include')
    .split(/[\s,]+/)
    .filter(Boolean);
  const include = (what: string, isOn: boolean) => {
    const now = ['friends', 'private', 'deleted'].filter((each) => (each === what ? isOn : included.includes(each)));
    changeOptions({ include: now });
  };
  const choices = [
    { name: 'fit', label: s.fit, usual: 'blur', values: s.fits },
    { name: 'long', label: s.long, usual: 'split', values: s.longs },
    { name: 'photos', label: s.photosAs, usual: 'images', values: s.photosAsValues },
    { name: 'sound', label: s.sound, usual: 'keep', values: s.sounds },
    { name: 'loudness', label: s.loudness, usual: '', values: s.loudnesses },
  ] as const;
  return (
    <details class="options">
      <summary>{s.options}</summary>
      <div class="fields">
        <fieldset>
          <legend>{s.includeToo}</legend>
          {(['private', 'friends', 'deleted'] as const).map((what) => (
            <label key={what} class="check">
              <input
                type="checkbox"
                checked={included.includes(what)}
                onChange={(event) => include(what, event.currentTarget.checked)}
              />
              {s.audiences[what]}
            </label>
          ))}
        </fieldset>
        {choices.map(({ name, label, usual, values }) => (
          <label key={name}>
            {label}
            <select
              value={text(name) || usual}
              onChange={(event) => changeOptions({ [name]: event.currentTarget.value })}
            >
              {Object.entries(values).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </label>
        ))}
        <TextOption name="tags" label={s.addTags} value={text('tags')} />
        <TextOption name="footer" label={s.footer} value={text('footer')} />
      </div>
    </details>
  );
}

function TextOption({ name, label, value }: { readonly name: string; readonly label: string; readonly value: string }) {
  return (
    <label>
      {label}
      <input type="text" value={value} onInput={(event) => changeOptions({ [name]: event.currentTarget.value })} />
    </label>
  );
}
