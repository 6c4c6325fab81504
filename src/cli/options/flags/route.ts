/** The flags that say how to get to a target, as typed. */
export interface RouteFlags {
  insecure?: true;
  cacert?: string;
  cert?: string;
  key?: string;
  proxy?: string;
  unixSocket?: string;
  resolve?: string[];
  /** False for `--no-keep-alive`; absent where neither that nor `--keep-alive` is given. */
  keepAlive?: boolean;
  /** How providers know the target. */
  publicUrl?: string;
}
