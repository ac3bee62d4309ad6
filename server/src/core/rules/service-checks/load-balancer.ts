/** Fields of load balancers (ValidateService, validateLoadBalancerClassField). */
import { cidrProblem } from '../../cidr';
import type { Draft } from '../../finding';
import { say } from '../../finding';
import { qualifiedName } from '../../names';
import type { Field } from '../../path';
import { each, field } from '../../path';
import { sourceRangesAnnotation } from '../../resource';
import { isTemplated } from '../../templated';
import { refused } from '../shared/refused';
import { isUnknown } from '../shared/unknown-value';
import type { ServiceCheck, ServiceFields } from './define';
import { stringAt } from '../shared/written';
import { listOf } from '../shared/json-types';

function* forbidden({ type }: ServiceFields, at: Field, name: string): Iterable<Draft> {
  if (type !== undefined && type !== 'LoadBalancer')
    yield refused(at, say`${name} is for Services of type LoadBalancer; this one is of type ${type}`);
}

/** The field counts; without it the annotation does. Both allow white space around a block. */
export const sourceRanges: ServiceCheck = function* (service) {
  const ranges = field(service.spec, 'loadBalancerSourceRanges');
  if (each(ranges).length > 0) {
    yield* forbidden(service, ranges, 'loadBalancerSourceRanges');
    for (const at of listOf(service.spec, 'loadBalancerSourceRanges')) yield* badBlock(at, stringAt(at) ?? '');
    return;
  }
  const at = field(service.metadata, 'annotations', sourceRangesAnnotation);
  if (!at.key || isUnknown(at)) return;
  yield* forbidden(service, at, `the annotation ${sourceRangesAnnotation}`);
  const text = (stringAt(at) ?? '').trim();
  for (const block of text === '' ? [] : text.split(',')) yield* badBlock(at, block);
};

function* badBlock(at: Field, text: string): Iterable<Draft> {
  const block = text.trim();
  const problem = isTemplated(block) ? undefined : cidrProblem(block);
  if (problem !== undefined)
    yield refused(
      at,
      say`a source range is a block of addresses such as 10.0.0.0/8; ${block === '' ? 'the empty text' : block} ${problem}`,
    );
}

export const loadBalancerFields: ServiceCheck = function* (service) {
  const { spec } = service;
  const allocate = field(spec, 'allocateLoadBalancerNodePorts');
  if (allocate.value) yield* forbidden(service, allocate, 'allocateLoadBalancerNodePorts');
  const name = field(spec, 'loadBalancerClass');
  if (!name.value) return;
  yield* forbidden(service, name, 'loadBalancerClass');
  const text = stringAt(name);
  const problem = text === undefined ? undefined : qualifiedName(text);
  if (problem !== undefined) yield refused(name, say`loadBalancerClass ${text} ${problem}`);
};
