"""The same stack as app.ts beside it: both must synthesise to the same template."""
from aws_cdk import App, Duration, Stack
from cdk_labeling_workflows import LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow, ReconcileOn, groundtruth

app = App()
stack = Stack(app, "Spam")
workflow = LabelingWorkflow(
    stack,
    "Spam",
    backend=LabelingBackend.ground_truth(
        task_type=groundtruth.TaskType.text_classification(),
        workteam=groundtruth.Workteam.from_workteam_name(stack, "Readers", "mail-readers"),
        title="Spam or ham?",
        task_time_limit=Duration.minutes(3),
        removal=groundtruth.JobRemoval.drain(timeout=Duration.minutes(10)),
    ),
    labels=LabelCategories.of("ham", "spam"),
    input=LabelingInput.from_records([{"source": "Cheap watches!"}, {"source": "Lunch at noon?"}]),
    reconcile_on=ReconcileOn.PARAMETER,
)
stack.export_value(workflow.ground_truth_job.total_labeled, name="Labeled")
app.synth()
