# A correct receiver on Ruby's TCPServer behind a limiter of its own, which the argument names. `X-Verified` marks the answers of the
# verifier itself, and tells how many requests the limiter rejected until then.
require 'openssl'
require_relative '../http'

LIMITER = ARGV.fetch(0)
MOST_WRONG = LIMITER == 'bans-at-once' ? 1 : 5
MOST_IN_WINDOW = 5

# At most so many requests in each second of the clock.
class FixedWindow
  def initialize
    @lock = Mutex.new
    @second = nil
    @count = 0
  end

  def take?
    @lock.synchronize do
      second = Time.now.to_i
      @second, @count = second, 0 unless @second == second
      (@count += 1) <= MOST_IN_WINDOW
    end
  end
end

def sign(body)
  digest = OpenSSL::HMAC.digest('SHA256', ENV.fetch('SECRET'), body)
  ENV.fetch('ENCODING') == 'hex' ? digest.unpack1('H*') : [digest].pack('m0')
end

def signed?(request)
  signatures = request.all(ENV.fetch('HEADER'))
  expected = sign(request.body)
  signatures.size == 1 && signatures[0].bytesize == expected.bytesize &&
    OpenSSL.fixed_length_secure_compare(signatures[0], expected)
end

window = FixedWindow.new
wrong = 0
rejected = 0

serve do |request|
  is_rejected = LIMITER == 'limits-rate' ? !window.take? : wrong >= MOST_WRONG
  if is_rejected
    rejected += 1
    next { 'limits-rate' => [429, 'Retry-After: 1'], 'drops' => nil }.fetch(LIMITER, 403)
  end
  verified = "X-Verified: #{rejected}"
  next [405, verified] unless request.method == 'POST'

  unless signed?(request)
    wrong += 1
    next [401, verified]
  end
  [200, verified]
end
