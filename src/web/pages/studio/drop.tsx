import { useEffect, useState } from 'preact/hooks';
import { notify, upload } from './actions.ts';
import { formatNumber } from './format.ts';
import { getModel, useModel, useSentences } from './store.ts';

/** Sends files by what they are: exports as such, videos and photos as originals of one's own. */
export async function takeFiles(files: readonly File[]): Promise<void> {
  const isExport = ({ name }: File) => /\.(?:zip|json|txt)$/i.test(name);
  const isMedia = ({ name, type }: File) =>
    /^(?:video|image)\//.test(type) || /\.(?:mp4|mov|m4v|webm|jpe?g|png|webp|heic)$/i.test(name);
  const others = files.filter((each) => !isExport(each) && !isMedia(each));
  if (others.length > 0) notify('trouble', getModel().sentences.notTaken(others.map(({ name }) => name).join(', ')));
  await upload(
    'media',
    files.filter((each) => isMedia(each) && !isExport(each)),
  );
  await upload('export', files.filter(isExport));
}

/** Files may be dropped anywhere on the page; a place that takes them for itself stops the event. */
export function useDrop(): void {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void takeFiles(files);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
    };
  }, []);
}

/** Whether files are dragged over the element that gets these handlers. */
export function useDragOver() {
  const [isOver, set] = useState(false);
  return {
    isOver,
    handlers: {
      onDragEnter: () => set(true),
      onDragLeave: () => set(false),
      onDrop: () => set(false),
    },
  };
}

/** Where the export goes: the whole page at first, a line later. */
export function DropZone({ isLarge }: { readonly isLarge: boolean }) {
  const s = useSentences();
  const sending = useModel((each) => each.upload);
  const { isOver, handlers } = useDragOver();
  const title = isLarge ? <p class="drop-title">{s.dropExport}</p> : <p>{s.dropAnother}</p>;
  return (
    <section class={`drop ${isLarge ? 'large' : ''} ${isOver ? 'over' : ''}`} aria-label={s.export} {...handlers}>
      {sending === null ? (
        title
      ) : (
        <p role="status" class="sending">
          {s.sending(sending.name, formatNumber(sending.share * 100))}
          <progress value={sending.share} max={1} aria-label={s.sendingFile} />
        </p>
      )}
      {isLarge && <p class="soft">{s.dropHint}</p>}
      <div class="row">
        <FileButton name="export" label={s.chooseExport} accept=".zip,.json,.txt" isMain={isLarge} />
        <FileButton name="media" label={isLarge ? s.onlyVideos : s.addVideos} accept="video/*,image/*" isMain={false} />
      </div>
      {isLarge && (
        <details class="help">
          <summary>{s.howToAsk}</summary>
          <ol>
            {s.howToAskSteps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

interface FileButtonProps {
  readonly name: 'export' | 'media';
  readonly label: string;
  readonly accept: string;
  readonly isMain: boolean;
}

/** A file input that looks like a button and keeps its own focus and keyboard. */
function FileButton({ name, label, accept, isMain }: FileButtonProps) {
  const take = (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    input.value = '';
    void takeFiles(files);
  };
  return (
    <label class={`button file ${isMain ? 'go' : ''}`}>
      {label}
      <input type="file" multiple accept={accept} data-studio={name} onChange={(event) => take(event.currentTarget)} />
    </label>
  );
}
