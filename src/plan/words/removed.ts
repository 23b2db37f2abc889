/** Why a piece of the creator's text is not in the package. A closed list that other documents and pages rely on. */
export type RemovedReason =
  /** Characters that are invisible, look blank, or change the writing direction. */
  | 'control-character'
  /** An unpaired surrogate: it cannot be encoded. */
  | 'broken-character'
  /** The platform refuses the character; a look-alike replaces it. */
  | 'forbidden-character'
  /** Mathematical letters that were used as a font; plain letters replace them. */
  | 'letter-font'
  /** A hashtag that has a meaning on TikTok only. */
  | 'platform-tag'
  /** A hashtag that names another platform. */
  | 'other-platform-tag'
  /** A hashtag that is called or spelled otherwise here. */
  | 'other-wording'
  | 'duplicate'
  | 'too-many-hashtags'
  /** Commas and the like between hashtags. */
  | 'hashtag-separator'
  /** Brackets or quotation marks around removed text. */
  | 'empty-brackets'
  /** Not a valid hashtag. */
  | 'not-a-hashtag'
  /** The caption's hashtags, because a person wrote others. */
  | 'replaced'
  /** A handle that is unknown here or belongs to somebody else. The plain name stays. */
  | 'mention'
  | 'link'
  | 'email'
  | 'phone'
  | 'messenger'
  /** A handle on another platform: `IG: @maya`. */
  | 'handle'
  /** Text that introduced a removed link or contact: `shop:`. */
  | 'contact-label'
  /** Full stops and the like at the end of a title. */
  | 'title-punctuation'
  /** The original words of a post that goes out in a translation only. */
  | 'translated'
  | 'too-long';

export interface Removed {
  readonly text: string;
  readonly reason: RemovedReason;
}
