import { gatewayClass } from '../kinds/gateway-class';
import { dns1123Subdomain } from '../names';
import { sameKind } from '../resource';
import { defineRule } from './define';
import { namesNothing } from './shared/names-nothing';

/** A Gateway whose class does not exist is served by no controller; there is no default class. */
export const gatewayClassRule = defineRule({
  id: 'gateway-class',
  summary: 'The GatewayClass of a Gateway is not here',
  levels: ['information', 'warning'],
  about: ['gateway'],
  *linked(resource, links) {
    for (const reference of resource.references) {
      const { name, target } = reference;
      if (!sameKind(target, gatewayClass) || madeByControllers.test(name.text) || dns1123Subdomain(name.text)) continue;
      const draft = namesNothing(resource, reference, links, {
        alone: ': no controller serves the Gateway until it is there',
        shared: true,
      });
      if (draft) yield draft;
    }
  },
});

/** Classes that come with their controller, so that no manifest has them. */
const madeByControllers =
  /^(?:istio(?:-[a-z-]+)?|cilium|gke-l[47]-[a-z0-9-]+|nginx|kong|traefik|contour|amazon-vpc-lattice|azure-alb-external|openshift-default|kuma|linkerd|consul(?:-api-gateway)?|kgateway(?:-waypoint)?|agentgateway|gloo-gateway|haproxy|ngrok|tailscale|envoy|envoy-gateway|eg)$/;
