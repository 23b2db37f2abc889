import { timeOfId } from './tiktok-id.ts';

/** Parses the id and user name from the URL of a post's page, or a bare id. */
export function readTikTokUrl(cell: string): { readonly tiktokId: string | null; readonly uploader: string | null } {
  const found = /^(?:https?:\/\/[\w.-]*tiktokv?\.\w+\/(?:@([\w.]*)\/)?\S*?\/?)?(\d{18,19})(?:\D\S*)?$/i.exec(
    cell.trim(),
  );
  const [, name, id] = found ?? [];
  if (id === undefined || timeOfId(id) === null) return { tiktokId: null, uploader: null };
  return { tiktokId: id, uploader: name && name !== '_' ? name : null };
}
