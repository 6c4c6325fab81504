# Prints what Jason writes of each line of a file: elixir -pa ebin jason.exs fixtures/documents.jsonl 1.4.5
encoders = [
  {"encode!", fn text -> Jason.encode!(Jason.decode!(text)) end},
  {"escape: :unicode_safe", fn text -> Jason.encode!(Jason.decode!(text), escape: :unicode_safe) end},
  {"escape: :html_safe", fn text -> Jason.encode!(Jason.decode!(text), escape: :html_safe) end},
  {"escape: :javascript_safe", fn text -> Jason.encode!(Jason.decode!(text), escape: :javascript_safe) end},
  {"pretty: true", fn text -> Jason.encode!(Jason.decode!(text), pretty: true) end},
  {"ordered objects", fn text -> Jason.encode!(Jason.decode!(text, objects: :ordered_objects)) end}
]

lines = hd(System.argv()) |> File.read!() |> String.split("\n", trim: true)
texts = for {name, encode} <- encoders, into: %{}, do: {name, Enum.map(lines, encode)}
version = hd(tl(System.argv()))
IO.puts(Jason.encode!(%{program: "Jason #{version} on Elixir #{System.version()}, OTP #{System.otp_release()}", texts: texts}))
