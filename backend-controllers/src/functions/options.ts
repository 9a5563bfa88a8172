/** What an installation decides about Functions. */
export interface FunctionOptions {
  /** Registry and path before `/function-runtime-<runtime>`. */
  imagePrefix: string;
  imageTag: string;
  /** Profile of Functions that name neither profile nor resources. */
  defaultProfile: string;
  traceCollectorEndpoint: string;
  publisherProxyAddress: string;
}

export const defaultFunctionOptions: FunctionOptions = {
  imagePrefix: "kyma.local",
  imageTag: "0.1.0",
  // As Kyma's operator chooses on up to two nodes; --default-profile L suits larger clusters.
  defaultProfile: "XS",
  traceCollectorEndpoint: "",
  publisherProxyAddress: "http://eventing-publisher-proxy.kyma-system.svc.cluster.local/publish",
};
