/**
 * File names given by cameras, phones and messengers: `VID_20251014_100009`, `PXL_...`, `DSC01234`, `Chat Video
 * 2025-10-13 at 10.00.11`. The time in such a name is when something was recorded or sent, not when it was posted.
 * Sources: documentation of phones and public file lists, read 2026-11.
 */
const names = [
  /^(?:VID|IMG|MVIMG|PXL|DSC[FN]?|MOV|MVI|TRIM|DJI|GOPR|G[HX]\d\d|PANO|BURST|C\d{4}|P\d{7})(?:[-_ ]?\d|[-_])/i,
  /^(?:WhatsApp|Chat|Signal|Telegram|Viber|LINE|Messenger)[-_ ]?(?:Video|Image|Photo|Audio|\d{4}-)/i,
  /^(?:VID|IMG|PHOTO|VIDEO)-\d{8}-WA\d/i,
  /^(?:Screen[-_ ]?(?:shot|record(?:ing|er)?)|RPReplay|Bildschirm(?:foto|aufnahme))/i,
];

/** @param name of a file, with or without its folders and extension */
export function isCameraName(name: string): boolean {
  const own = name.slice(name.lastIndexOf('/') + 1);
  return names.some((each) => each.test(own));
}
