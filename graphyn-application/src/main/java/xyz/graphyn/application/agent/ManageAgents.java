package xyz.graphyn.application.agent;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.audit.AuditTrail;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.masking.SensitiveData;
import xyz.graphyn.application.transaction.UnitOfWork;
import xyz.graphyn.domain.access.AccessPolicy;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.access.Principal;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentProfile;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.masking.Findings;

/** Creating, changing and removing agents, each with its audit entry in the same transaction. */
public final class ManageAgents {
    private final AgentStore agents;
    private final SensitiveData data;
    private final Disclosures disclosures;
    private final AuditTrail trail;
    private final AuditEntries entries;
    private final UnitOfWork unitOfWork;
    private final IdGenerator ids;
    private final InstantSource clock;

    public ManageAgents(
            AgentStore agents,
            SensitiveData data,
            Disclosures disclosures,
            AuditTrail trail,
            AuditEntries entries,
            UnitOfWork unitOfWork,
            IdGenerator ids,
            InstantSource clock) {
        this.agents = agents;
        this.data = data;
        this.disclosures = disclosures;
        this.trail = trail;
        this.entries = entries;
        this.unitOfWork = unitOfWork;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * For those who want to know before they have read what to create; {@link #create} asks for itself.
     *
     * @throws Refusal.NotAllowed if the role of {@code principal} creates no agents
     */
    public static void checkMayCreate(Principal principal) {
        if (!AccessPolicy.mayCreateAgents(principal)) {
            throw new Refusal.NotAllowed("Your role does not let you create agents.");
        }
    }

    /** @throws Refusal.NotAllowed if the caller's role creates no agents */
    public Masked<Agent> create(Caller caller, AgentProfile profile) {
        checkMayCreate(caller.principal());
        Instant now = clock.instant();
        String creator = caller.principal().subject();
        Findings findings = data.in(caller.organization(), profile, creator);
        Agent agent = new Agent(new AgentId(ids.next()), caller.organization(), profile, creator, now, now, findings);
        Disclosures.Written<Agent> written = disclosures.writtenAgent(caller, findings);
        return unitOfWork.run(caller.organization(), () -> {
            agents.insert(agent);
            trail.write(entries.onAgent(caller, AuditAction.AGENT_CREATED, agent.id(), written.details()));
            return written.show(agent);
        });
    }

    /**
     * Changes an agent's profile. Concurrent changes of one agent follow each other, and each starts from the outcome of
     * the one before. A change that changes nothing leaves {@code updatedAt} and writes no audit entry.
     *
     * @param edit makes the new profile from the present one; what it throws passes, and nothing is changed
     * @throws Refusal if the caller may not manage the agent
     */
    public Masked<Agent> change(Caller caller, AgentId id, UnaryOperator<AgentProfile> edit) {
        Agent now = unitOfWork.run(caller.organization(), () -> {
            Agent agent = agents.findForChange(caller.key(id)).orElseThrow(AgentGate::unknown);
            AgentGate.check(caller, agent.createdBy(), AgentPermission.MANAGE);
            AgentProfile profile = edit.apply(agent.profile());
            if (profile.equals(agent.profile())) {
                return agent;
            }
            Agent changed = agent.changedTo(
                    profile, clock.instant(), data.in(caller.organization(), profile, agent.createdBy()));
            agents.update(changed);
            trail.write(entries.onAgent(caller, AuditAction.AGENT_CHANGED, id, Map.of()));
            return changed;
        });
        return disclosures.agent(caller, now);
    }

    /**
     * Removes an agent with all that is its own: from now on nothing of it is found.
     *
     * @throws Refusal if there is none, or the caller may not manage it
     */
    public void remove(Caller caller, AgentId id) {
        unitOfWork.run(caller.organization(), () -> {
            Agent agent = agents.findForChange(caller.key(id)).orElseThrow(AgentGate::unknown);
            AgentGate.check(caller, agent.createdBy(), AgentPermission.MANAGE);
            agents.remove(agent.key());
            trail.write(entries.onAgent(caller, AuditAction.AGENT_DELETED, id, Map.of()));
            return agent;
        });
    }
}
