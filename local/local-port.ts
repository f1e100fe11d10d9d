/** Where the local portal listens unless told otherwise. */
export const LOCAL_PORT = 8080;
