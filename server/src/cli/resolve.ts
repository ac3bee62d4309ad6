/** `podpath resolve`: what the cluster's DNS server answers to a name. */
import { podRecordModes, recordTypes, reverseName, zoneOf } from '../core/index';
import { colours } from './colours';
import type { Call, Command } from './command';
import { commonOptions } from './command';
import { readWorld } from './read-world';
import type { Query } from './resolve-queries';
import { readQueries, recordType } from './resolve-queries';
import type { Asker } from './resolve-report';
import { askerOf, resolveReport } from './resolve-report';
import { resolveText } from './resolve-text';
import { UsageError } from './usage-error';
import { worldsAt } from './worlds';

export const resolve: Command = {
  name: 'resolve',
  summary: "Answers a DNS query as the cluster's DNS server would, from the manifests alone",
  arguments: 'NAME [PATH...]',
  formats: ['pretty', 'json'],
  options: {
    type: { value: 'TYPE', help: `${recordTypes.join(', ')} (default A; PTR where NAME is an address)` },
    from: { value: 'NS/POD', help: 'ask from this pod: with its search list, ndots and dnsPolicy' },
    domain: { value: 'DOMAIN', help: 'the cluster domain (default: the setting clusterDomain)' },
    pods: {
      value: 'MODE',
      help: `how names of pod addresses are answered: ${podRecordModes.join(', ')} (default ${podRecordModes[0] ?? ''}, as kubeadm)`,
    },
    'ignore-empty-service': { help: 'a Service with a cluster IP and no ready endpoint has no name' },
    queries: { value: 'FILE', help: 'a JSON list of { "name", "type" } in place of NAME' },
    ...commonOptions,
  },
  async run(call) {
    const { io, format, options } = call;
    const { asked, paths } = questions(call);
    const mode = options.text('pods');
    const pods = podRecordModes.find((known) => known === (mode ?? 'insecure'));
    if (!pods) throw new UsageError(`--pods ${mode ?? ''}: it is one of ${podRecordModes.join(', ')}`);
    const domain = options.text('domain');
    if (domain !== undefined && !/^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\.?$/i.test(domain))
      throw new UsageError(`--domain ${domain}: it is a DNS name such as cluster.local`);
    const { config, namespace, loaded } = await readWorld({ ...call, paths });
    const zoneOptions = {
      domain: (domain ?? config.settings.clusterDomain).replace(/\.$/, ''),
      pods,
      ignoreEmptyService: options.has('ignore-empty-service'),
    };
    const applied = worldsAt(loaded);
    const worlds = applied.map(({ name, resources, leftOut }) => ({
      name,
      leftOut,
      zone: zoneOf(resources, loaded.snapshot.links, namespace, zoneOptions),
    }));
    const resources = applied.flatMap((world) => world.resources);
    const asker = askerFrom(call, (from) => askerOf(resources, from, namespace, zoneOptions.domain));
    const report = resolveReport(worlds, asked, asker);
    if (format === 'json') {
      const { answers, ...rest } = report;
      const [single] = answers;
      const content = options.text('queries') === undefined ? { ...rest, ...single } : report;
      io.out(`${JSON.stringify(content, null, 2)}\n`);
    } else io.out(resolveText(report, colours(call)));
    return 0;
  },
};

/** What is asked, and the paths of the manifests. Throws UsageError. */
function questions({ options, paths, io }: Call): { asked: readonly Query[]; paths: readonly string[] } {
  const type = options.text('type');
  const file = options.text('queries');
  if (file !== undefined) return { asked: readQueries(file, io.cwd, recordType(type ?? 'A', '--type')), paths };
  // Without arguments the paths are the current folder, which is no name.
  const [name = '.', ...rest] = paths;
  if (name === '' || name === '.') throw new UsageError('resolve needs a NAME, or --queries FILE');
  const wanted = type === undefined ? undefined : recordType(type, '--type');
  const reverse = wanted === undefined || wanted === 'PTR' ? reverseName(name) : undefined;
  const query = reverse === undefined ? { name, type: wanted ?? 'A' } : { name: reverse, type: 'PTR' as const };
  return { asked: [query], paths: rest.length > 0 ? rest : ['.'] };
}

/** The pod of --from. A pod that is not here may exist all the same: it is taken for one that says nothing of DNS. */
function askerFrom(
  { options, io }: Call,
  find: (from: { namespace: string; pod: string }) => Asker,
): Asker | undefined {
  const from = options.text('from');
  if (from === undefined) return undefined;
  const [namespace, pod, more] = from.split('/');
  if (!namespace || !pod || more !== undefined) throw new UsageError(`--from ${from}: it is NAMESPACE/POD`);
  const asker = find({ namespace, pod });
  if (!asker.isKnown && !options.has('quiet'))
    io.message(`there is no pod ${pod} in namespace ${namespace} here; it is taken for one without DNS settings`);
  return asker;
}
