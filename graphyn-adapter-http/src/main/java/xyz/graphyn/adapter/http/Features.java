package xyz.graphyn.adapter.http;

import java.util.ArrayList;
import java.util.List;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.event.EventRoutes;
import xyz.graphyn.adapter.http.failure.FailureRoutes;
import xyz.graphyn.adapter.http.health.HealthRoutes;
import xyz.graphyn.adapter.http.masking.MaskingRoutes;
import xyz.graphyn.adapter.http.mcp.McpRoutes;
import xyz.graphyn.adapter.http.memory.EdgeRoutes;
import xyz.graphyn.adapter.http.memory.MemoryRoutes;
import xyz.graphyn.adapter.http.memory.NodeRoutes;
import xyz.graphyn.adapter.http.recall.RecallRoutes;
import xyz.graphyn.adapter.http.stream.LiveClients;
import xyz.graphyn.adapter.http.stream.StreamRoutes;
import xyz.graphyn.adapter.http.usage.UsageRoutes;
import xyz.graphyn.application.agent.AgentQueries;
import xyz.graphyn.application.agent.ManageAgents;
import xyz.graphyn.application.event.EventQueries;
import xyz.graphyn.application.event.RecordEvents;
import xyz.graphyn.application.failure.FailureQueries;
import xyz.graphyn.application.failure.FailureRecorder;
import xyz.graphyn.application.health.SystemHealth;
import xyz.graphyn.application.masking.ManageMasking;
import xyz.graphyn.application.masking.PreviewMasking;
import xyz.graphyn.application.memory.EdgeQueries;
import xyz.graphyn.application.memory.ManageEdges;
import xyz.graphyn.application.memory.ManageNodes;
import xyz.graphyn.application.memory.MemoryQueries;
import xyz.graphyn.application.memory.NodeQueries;
import xyz.graphyn.application.memory.RetrySetAside;
import xyz.graphyn.application.recall.AssembleContext;
import xyz.graphyn.application.recall.SearchMemory;
import xyz.graphyn.application.stream.Streams;
import xyz.graphyn.application.usage.ManageSavings;
import xyz.graphyn.application.usage.ReportUsage;
import xyz.graphyn.application.usage.UsageQueries;

/**
 * The use cases that the API offers.
 *
 * @param failures takes note of clients that could not be served
 */
public record Features(
        AgentQueries agentQueries,
        ManageAgents manageAgents,
        EventQueries eventQueries,
        RecordEvents recordEvents,
        NodeQueries nodeQueries,
        ManageNodes manageNodes,
        EdgeQueries edgeQueries,
        ManageEdges manageEdges,
        SearchMemory searchMemory,
        AssembleContext assembleContext,
        ReportUsage reportUsage,
        UsageQueries usageQueries,
        MemoryQueries memoryQueries,
        RetrySetAside retrySetAside,
        FailureQueries failureQueries,
        ManageMasking manageMasking,
        PreviewMasking previewMasking,
        ManageSavings manageSavings,
        Streams streams,
        FailureRecorder failures,
        SystemHealth systemHealth) {

    /**
     * Everything that they are reached by.
     *
     * @param clients who the streams go to
     */
    List<Endpoint> endpoints(String version, LiveClients clients) {
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.addAll(new AgentRoutes(agentQueries, manageAgents).endpoints());
        endpoints.addAll(new EventRoutes(eventQueries, recordEvents).endpoints());
        endpoints.addAll(new NodeRoutes(nodeQueries, manageNodes).endpoints());
        endpoints.addAll(new EdgeRoutes(edgeQueries, manageEdges).endpoints());
        endpoints.addAll(new RecallRoutes(searchMemory, assembleContext).endpoints());
        endpoints.addAll(new McpRoutes(version, agentQueries, recordEvents, manageNodes, searchMemory, assembleContext)
                .endpoints());
        endpoints.addAll(new UsageRoutes(reportUsage, usageQueries).endpoints());
        endpoints.addAll(new MemoryRoutes(memoryQueries, retrySetAside).endpoints());
        endpoints.addAll(new FailureRoutes(failureQueries).endpoints());
        endpoints.addAll(new MaskingRoutes(manageMasking, previewMasking, manageSavings).endpoints());
        endpoints.addAll(new StreamRoutes(clients).endpoints());
        endpoints.addAll(new HealthRoutes(systemHealth, version).endpoints());
        return endpoints;
    }
}
