/**
 * Memory for agents that speak the Model Context Protocol, by its stateless streamable HTTP transport: each request stands for
 * itself, so that any server can answer it.
 */
@NullMarked
package xyz.graphyn.adapter.http.mcp;

import org.jspecify.annotations.NullMarked;
