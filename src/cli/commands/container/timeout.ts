/** The query of stop and restart: seconds to wait before SIGKILL, and the signal to stop with, where they are given. */
export function timeoutQuery(timeout: number | undefined, signal: string | undefined): { [key: string]: string } {
  return {
    ...(signal ? { signal } : {}),
    ...(timeout === undefined ? {} : { t: String(timeout) }),
  };
}
