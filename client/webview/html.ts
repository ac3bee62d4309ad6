/**
 * The page of the topology view: everything in it comes from the script, nothing from the manifests.
 * `cspSource` is the origin that scripts, styles and pictures may come from; the two addresses must lie within it.
 */
export function renderHtml(cspSource: string, scriptUri: string, styleUri: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${cspSource}`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Topology</title>
<link rel="stylesheet" href="${attribute(styleUri)}">
</head>
<body>
<div id="app"></div>
<script src="${attribute(scriptUri)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
