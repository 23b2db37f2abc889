/** How to request an export with posts (menu names of the app in 2025). */
export const HOW_TO_ASK =
  'Ask TikTok for a new one (Settings and privacy > Account > Download your data), choose "All data" or tick "Posts" and "Profile", and the format JSON.';
