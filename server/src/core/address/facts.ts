/** Addresses that stand in texts of a manifest: what pods will call, as far as the text alone tells. */
import type { Scalar } from '../value';

/**
 * `url`: behind a scheme. `hostPort`: a host, a colon and a number. `name`: `service.namespace.svc` without either.
 * `pair`: a variable or key that is called a host, with its port in another one or nowhere. `variable`: a reference to one of the
 * environment variables that the kubelet makes of Services.
 */
export type AddressForm = 'url' | 'hostPort' | 'name' | 'pair' | 'variable';

export interface Address {
  readonly form: AddressForm;
  /** In lower case; undefined for other forms than `url`. */
  readonly scheme: string | undefined;
  /** The host as written, or the name of the variable. */
  readonly host: Scalar;
  /** The port as written, a number. */
  readonly port: Scalar | undefined;
  /** The port is put in by something else (`web:$(PORT)`), so it is not known. */
  readonly openPort: boolean;
  /** A text of many lines, where words may mean other things than in a value of their own. */
  readonly inFile: boolean;
  /** The variable, argument or key of a ConfigMap that holds the text. */
  readonly key: string | undefined;
  /** The field that holds the text. */
  readonly path: string;
}
