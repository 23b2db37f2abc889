/** Maximum number of posts in an event and in a request; if more changed, all posts are requested. */
export const maxKeys = 100;
