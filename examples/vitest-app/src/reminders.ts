import { CenterfyError, type Centerfy, type Channel } from "centerfy";

/** A visit of a contact. */
export interface Visit {
  conversationId: string;
  channel: Channel;
  at: string;
}

/** The outcome of each reminder. */
export interface Report {
  sent: Visit[];
  /** The message may have been delivered: a person has to check, and it is not sent again. */
  unclear: Visit[];
  /** It was not sent, and can be retried. */
  failed: Visit[];
}

export async function remind(centerfy: Centerfy, visits: Visit[]): Promise<Report> {
  const report: Report = { sent: [], unclear: [], failed: [] };
  for (const visit of visits) {
    try {
      await centerfy.sendMessage({
        content: `See you tomorrow at ${visit.at}.`,
        ai: false,
        conversation_id: visit.conversationId,
        channel: visit.channel,
      });
      report.sent.push(visit);
    } catch (error) {
      if (!CenterfyError.is(error)) throw error;
      report[error.maybeDelivered ? "unclear" : "failed"].push(visit);
    }
  }
  return report;
}
