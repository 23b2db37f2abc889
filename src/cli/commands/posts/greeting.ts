/** Printed by `port` without arguments at a terminal: what it is, and how to start. At most 80 columns. */
export const greeting = `port makes posts that are ready to upload out of the ZIP that TikTok hands out:
for RedNote, Lemon8, YouTube Shorts and Instagram Reels.

  port TikTok_Data_1766000000.zip --to rednote
      a folder for each post: video or photos, cover, caption

  port fetch TikTok_Data_1766000000.zip
      only save the originals now, before their links die

  port inspect TikTok_Data_1766000000.zip
      what is in the export, and how long its links live

Instead of typing the name of the ZIP, drag it into this window.
All options: port --help
`;
