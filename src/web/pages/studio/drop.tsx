import { useEffect, useState } from 'preact/hooks';
import { notify, openSample } from './actions.ts';
import { chosenFolders, type Dropped, isExport, isMedia, readDrop } from './folders.ts';
import { formatNumber } from './format.ts';
import { sendFiles, sendFolder, someOf, stopSending } from './sending.ts';
import { getModel, useModel, useSentences } from './store.ts';

/** Sends files by their kind: exports, the person's own videos and photos, and whole folders. */
export async function takeDropped({ files, folders }: Dropped): Promise<void> {
  const s = getModel().sentences;
  const others = files.filter((each) => !isExport(each) && !isMedia(each)).map(({ name }) => name);
  const ofFolders = folders.flatMap((each) => each.others.map((path) => `${each.name}/${path}`));
  if (others.length + ofFolders.length > 0) notify('problem', s.notTaken(someOf([...others, ...ofFolders])));
  await sendFiles(
    'media',
    files.filter((each) => isMedia(each) && !isExport(each)),
  );
  await sendFiles('export', files.filter(isExport));
  for (const folder of folders) {
    if (folder.files.length > 0) await sendFolder(folder);
    else notify('problem', s.nothingInFolder(folder.name));
  }
}

/** Files may be dropped anywhere on the page; an element that handles them itself stops the event. */
export function useDrop(): void {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const { dataTransfer } = event;
      if (dataTransfer === null || dataTransfer.files.length === 0) return;
      event.preventDefault();
      void readDrop(dataTransfer).then(takeDropped);
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

/** Where the export is dropped: large at first, one line later. */
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
        <div class="sending">
          <p>{s.sending(sending.name, formatNumber(sending.share * 100))}</p>
          <div class="row">
            <progress value={sending.share} max={1} aria-label={s.sendingFile} />
            <button type="button" onClick={stopSending}>
              {s.stop}
            </button>
          </div>
        </div>
      )}
      <p class="unseen" role="status">
        {sending === null ? '' : s.sendingFile}
      </p>
      {isLarge && <p class="soft">{s.dropHint}</p>}
      <div class="row">
        <FileButton name="export" label={s.chooseExport} accept=".zip,.json,.txt" isMain={isLarge} />
        <FileButton name="folder" label={s.chooseFolder} isMain={false} />
        <FileButton name="media" label={s.addVideos} accept="video/*,image/*" isMain={false} />
      </div>
      {isLarge && (
        <div class="no-export">
          <p class="soft">{s.noExport}</p>
          <button type="button" data-studio="sample" onClick={() => void openSample(true)}>
            {s.trySample}
          </button>
          <details class="help">
            <summary>{s.howToAsk}</summary>
            <ol>
              {s.howToAskSteps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </details>
        </div>
      )}
    </section>
  );
}

interface FileButtonProps {
  readonly name: 'export' | 'media' | 'folder';
  readonly label: string;
  readonly accept?: string;
  readonly isMain: boolean;
}

/** A file input that looks like a button and keeps its own focus and keyboard. */
function FileButton({ name, label, accept, isMain }: FileButtonProps) {
  const take = (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    input.value = '';
    void takeDropped(name === 'folder' ? { files: [], folders: chosenFolders(files) } : { files, folders: [] });
  };
  return (
    <label class={`button file ${isMain ? 'go' : ''}`}>
      {label}
      <input
        type="file"
        multiple
        {...(name === 'folder' ? { webkitdirectory: true } : { accept })}
        data-studio={name}
        onChange={(event) => take(event.currentTarget)}
      />
    </label>
  );
}
