/**
 * Whether a file's name says that it carries TikTok's moving watermark: `download_addr` is TikTok's own name for that
 * version (yt-dlp writes it as the format's id), the others are how downloaders mark it beside their clean ones.
 */
export function isWatermarkedName(name: string): boolean {
  const words = name.toLowerCase();
  if (/(?:no|non|without|un|remove[ds]?)[ _-]?(?:the[ _-])?(?:watermark|wm(?![a-z]))/.test(words)) return false;
  return /download_addr|watermark|(?<![a-z])(?:with[ _-]?)?wm(?![a-z])/.test(words);
}
