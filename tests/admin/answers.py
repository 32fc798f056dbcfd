"""What the panel answers."""


def messages_of(answer):
    return " ".join(str(each) for each in answer.context["messages"])
