/** Why something of the creator's words is not in the package. A closed list: documents and pages may count on it. */
export type RemovedReason =
  /** Characters that nobody sees, that look like nothing, or that turn the direction of what follows. */
  | 'control-character'
  /** Half of a character: it cannot be written at all. */
  | 'broken-character'
  /** The platform refuses the character; a look-alike stands in its place. */
  | 'forbidden-character'
  /** Letters of mathematics that were used as a font: plain letters stand in their place. */
  | 'letter-font'
  /** A hashtag that means something on TikTok only. */
  | 'platform-tag'
  /** A hashtag that names another platform. */
  | 'other-platform-tag'
  /** A hashtag that goes by another word here, or is spelled otherwise. */
  | 'other-wording'
  | 'duplicate'
  | 'too-many-hashtags'
  /** Commas and the like between hashtags. */
  | 'hashtag-separator'
  /** Brackets or quotation marks around what was taken out. */
  | 'empty-brackets'
  /** Not a hashtag, or not spelled as one can be. */
  | 'not-a-hashtag'
  /** The hashtags of the caption, where a person wrote others. */
  | 'replaced'
  /** A handle that means nothing here, or somebody else. The plain name stays. */
  | 'mention'
  | 'link'
  | 'email'
  | 'phone'
  | 'messenger'
  /** A handle on another platform: `IG: @maya`. */
  | 'handle'
  /** What led to a link or contact that was taken out, and says nothing without it: `shop:`. */
  | 'contact-label'
  /** Full stops and the like at the end of a title. */
  | 'title-punctuation'
  | 'too-long';

export interface Removed {
  readonly text: string;
  readonly reason: RemovedReason;
}
