# First the version of the json gem; then, per line of the file, JSON.generate and what Rails makes of it.
require 'json'
begin
  require 'active_support'
  require 'active_support/json'
rescue LoadError
  # ActiveSupport's documented table (active_support/json/encoding.rb, ESCAPED_CHARS), applied as it does.
  ESCAPED = { "\u2028" => '\u2028', "\u2029" => '\u2029', '>' => '\u003e', '<' => '\u003c', '&' => '\u0026' }.freeze
end

$stdout.binmode
puts JSON::VERSION
File.foreach(ARGV[0], encoding: 'utf-8') do |line|
  value = JSON.parse(line)
  plain = JSON.generate(value)
  puts plain
  puts defined?(ActiveSupport::JSON) ? ActiveSupport::JSON.encode(value) : plain.gsub(/[<>&\u2028\u2029]/, ESCAPED)
end
