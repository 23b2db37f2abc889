/** The most posts that are named in an event, and asked for at a time; where more changed, all are asked for. */
export const maxKeys = 100;
