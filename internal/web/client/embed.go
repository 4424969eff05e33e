// Package client is what the add-in and the extension share: TypeScript that signs in, speaks to the API and reads its
// errors. It knows neither Office nor a browser's extension interface.
//
// Start reading at api.ts.
package client

import "embed"

// Sources are the scripts, to be bundled into each client.
//
//go:embed *.ts
var Sources embed.FS
