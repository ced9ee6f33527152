//! All operations, with what comes back as their types.

use crate::runner::conformance_test;
use centerfy::internal::client::call;
use centerfy::internal::operations::Operation;
use centerfy::types::{
    AgentSettings, Author, BackgroundNoise, BackgroundType, Channel, ContactMessagesQuery,
    CreateAgentRequest, Language, LlmModel, MakeAiCallRequest, Open, Scope, SendMessageRequest,
    UpdateAgentRequest, VoiceId, Voicemail, VoicemailType, Webhook,
};
use serde_json::json;

use crate::samples;
use crate::world::World;

fn scope(world: &World) -> Scope {
    Scope {
        organization_id: world.text("/organization_id"),
        sub_account_id: world.text("/sub_account_id"),
    }
}

pub fn new_agent(world: &World) -> CreateAgentRequest {
    let settings = AgentSettings {
        name: "Sales Bot".into(),
        voice_id: VoiceId::SULAFAT,
        max_duration: 30.0,
        temperature: 0.4,
        silence_timeout: 10.0,
        voice_activity_timeout: 400.0,
        llm_model: LlmModel::GPT_4O_MINI,
        language: Language::EN_US,
        background_noise: BackgroundNoise::On(BackgroundType::CALL_CENTER),
        voicemail: Voicemail::LeaveMessage("Please call us back.".into()),
        backcchanneling: true,
        is_active: true,
        webhook: Webhook::Off,
        recording: true,
    };
    CreateAgentRequest::new(settings, scope(world))
}

pub fn new_call(world: &World) -> MakeAiCallRequest {
    MakeAiCallRequest::new(world.text("/contacts/0/id"), scope(world))
}

pub fn new_message(world: &World) -> SendMessageRequest {
    SendMessageRequest::new(
        world.text("/contacts/0/conversation_id"),
        Channel::Sms,
        Author::AsWritten,
        "See you at nine.",
    )
}

#[conformance_test]
async fn every_operation_answers_what_its_sample_shows() {
    for operation in Operation::EACH {
        let world = World::new().await;
        let name = operation.spec().name;
        let arguments = samples::arguments(name, &world.seed);
        let answer = call(&world.client(), operation, arguments).await.unwrap();
        let shown = samples::answer(name, &world.seed);
        for field in shown.as_object().into_iter().flat_map(|it| it.keys()) {
            assert!(answer.get(field).is_some(), "{name} answers no {field}");
        }
    }
}

#[conformance_test]
async fn an_agent_is_created_read_changed_and_archived() {
    let world = World::new().await;
    let client = world.client();
    let made = client.create_agent(&new_agent(&world)).await.unwrap();
    assert_eq!(made.name, "Sales Bot");
    assert_eq!(
        made.voicemail_type,
        Some(Open::Known(VoicemailType::LeaveMessage))
    );
    assert_eq!(client.get_agent(&made.id).await.unwrap(), made);
    let patch = UpdateAgentRequest::new()
        .temperature(1.0)
        .webhook(Webhook::Url("https://example.com/hook".into()));
    let changed = client.update_agent(&made.id, &patch).await.unwrap();
    assert_eq!(changed.temperature, Some(1.0));
    assert_eq!(changed.name, "Sales Bot");
    let archived = client.archive_agent(&made.id).await.unwrap();
    assert_eq!(archived.agent_id, made.id);
    let log = world.log().await;
    // As from any other client: numbers that are whole have no fraction.
    let written = "400,";
    assert!(log[0]["body"]["voice_activity_timeout"].to_string() + "," == written);
    assert_eq!(
        log[2]["body"],
        json!({ "temperature": 1, "webhook": true, "webhook_url": "https://example.com/hook" })
    );
}

#[conformance_test]
async fn a_contact_is_called() {
    let world = World::new().await;
    let agent = world.text("/agents/0/id");
    let call = world
        .client()
        .make_ai_call(&agent, &new_call(&world))
        .await
        .unwrap();
    assert_eq!(call.agent_name, world.text("/agents/0/name"));
    let deliveries = world.deliveries().await;
    assert_eq!(deliveries[0]["request"]["agent_id"], json!(agent));
    assert_eq!(deliveries.len(), 1);
}

#[conformance_test]
async fn a_recording_is_found() {
    let world = World::new().await;
    let call = world.text("/calls/0/call_id");
    let recording = world.client().get_call_recording(&call).await.unwrap();
    assert_eq!(recording.call_id, call);
    assert!(recording.recording_url.starts_with("http"));
}

#[conformance_test]
async fn a_message_is_sent_and_read() {
    let world = World::new().await;
    let client = world.client();
    let sent = client.send_message(&new_message(&world)).await.unwrap();
    assert!(sent.delivered && !sent.ai);
    assert_eq!(sent.channel, Open::Known(Channel::Sms));
    let query = ContactMessagesQuery::new().limit(1);
    let contact = world.text("/contacts/0/id");
    let page = client.get_contact_messages(&contact, query).await.unwrap();
    assert_eq!(page.messages[0].id, sent.message_id);
    assert_eq!(page.messages[0].content, "See you at nine.");
    assert_eq!(page.limit, 1);
}

#[conformance_test]
async fn what_an_answer_brings_beyond_the_known_is_kept() {
    let world = World::new().await;
    let body = json!({ "id": "a", "name": "A", "voice_id": null, "voicemail_type": "sing",
                       "mood": { "sunny": true, "degrees": 21.5 } });
    world
        .fault(json!({ "type": "answer", "status": 200, "body": body }))
        .await;
    let agent = world.client().get_agent("a").await.unwrap();
    assert_eq!(agent.voice_id, None);
    assert_eq!(agent.voicemail_type, Some(Open::Other("sing".into())));
    let mood = json!({ "sunny": true, "degrees": 21.5 });
    assert!(agent.unlisted.get("mood").is_some_and(|it| *it == mood));
}
